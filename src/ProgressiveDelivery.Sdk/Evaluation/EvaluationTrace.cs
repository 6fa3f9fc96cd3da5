namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Collects the steps of an evaluation as a tree. Present only during an explanation.</summary>
internal sealed class EvaluationTrace
{
    private readonly Stack<Frame> _open = new();
    private readonly List<string> _asked = [];

    public List<ExplanationStep> Steps { get; } = [];

    /// <summary>The fault of the part that ended a flag; the last one if there are several.</summary>
    public string? Fault { get; private set; }

    public void Fail(string message) => Fault = message;

    /// <summary>Records that the evaluation of a flag or segment starts.</summary>
    public void Ask(string name) => _asked.Add(name);

    /// <summary>Returns whether the current flag or segment is already in evaluation, and records that as the fault.</summary>
    public bool IsAskedTwice()
    {
        if (_asked.IndexOf(_asked[^1]) == _asked.Count - 1)
            return false;
        Fail($"Circular dependency detected: {string.Join(" -> ", _asked.Select(asked => $"'{asked}'"))}. Take one of them out of what another one asks.");
        return true;
    }

    public void Answered() => _asked.RemoveAt(_asked.Count - 1);

    public void Begin(ExplanationKind kind, string subject) => _open.Push(new(kind, subject));

    public void End(bool? outcome, string? detail = null)
    {
        var frame = _open.Pop();
        Append(new()
        {
            Kind = frame.Kind,
            Subject = frame.Subject,
            Outcome = ToOutcome(outcome),
            Detail = detail,
            Steps = frame.Steps,
        });
    }

    public void Add(ExplanationKind kind, string subject, bool? outcome, string? detail = null, BucketExplanation? bucket = null, double? position = null) => Append(new()
    {
        Kind = kind,
        Subject = subject,
        Outcome = ToOutcome(outcome),
        Detail = detail,
        Bucket = bucket,
        Position = position,
    });

    private void Append(ExplanationStep step) => (_open.TryPeek(out var parent) ? parent.Steps : Steps).Add(step);

    private static ExplanationOutcome ToOutcome(bool? outcome) => outcome switch
    {
        true => ExplanationOutcome.Yes,
        false => ExplanationOutcome.No,
        null => ExplanationOutcome.Unknown,
    };

    private sealed record Frame(ExplanationKind Kind, string Subject)
    {
        public List<ExplanationStep> Steps { get; } = [];
    }
}
