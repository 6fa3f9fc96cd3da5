namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Gathers what an evaluation looks at, as a tree. Present only while an explanation is made.</summary>
internal sealed class EvaluationTrace
{
    private readonly Stack<Frame> _open = new();

    public List<ExplanationStep> Steps { get; } = [];

    /// <summary>What is wrong with the part that ended a flag; of several, the last.</summary>
    public string? Fault { get; private set; }

    public void Fail(string message) => Fault = message;

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

    public void Add(ExplanationKind kind, string subject, bool? outcome, string? detail = null, BucketExplanation? bucket = null) => Append(new()
    {
        Kind = kind,
        Subject = subject,
        Outcome = ToOutcome(outcome),
        Detail = detail,
        Bucket = bucket,
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
