using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// One evaluation of a flag in Eppo's terms: which allocation took the subject, which did not and why. For debugging, for assignment logs and for
/// moving over; ask <see cref="IFeatureEvaluator"/> where speed counts.
/// </summary>
public sealed class EppoAssignment
{
    private EppoAssignment(Explanation explanation) => Explanation = explanation;

    /// <summary>The code of the evaluation: <c>MATCH</c>, <c>DEFAULT_ALLOCATION_NULL</c>, <c>FLAG_UNRECOGNIZED_OR_DISABLED</c>, <c>ASSIGNMENT_ERROR</c>.</summary>
    public required string Code { get; init; }

    /// <summary>OpenFeature's reason, as Datadog gives it: <c>STATIC</c>, <c>SPLIT</c>, <c>TARGETING_MATCH</c>, <c>DEFAULT</c>, <c>DISABLED</c>, <c>ERROR</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The key of the variation assigned; null: none.</summary>
    public string? Variation => Explanation.Variant;

    /// <summary>The value assigned, as JSON text; null: none.</summary>
    public string? Value => Explanation.Value;

    /// <summary>The allocation that took the subject; null: none did.</summary>
    public EppoAllocation? Matched { get; private init; }

    /// <summary>The allocations before it, which did not.</summary>
    public IReadOnlyList<EppoAllocation> Unmatched { get; private init; } = [];

    /// <summary>The allocations after it, which were not asked.</summary>
    public IReadOnlyList<EppoAllocation> Unevaluated { get; private init; } = [];

    /// <summary>Whether the assignment is to be logged.</summary>
    public bool DoLog { get; private init; }

    /// <summary>The whole explanation.</summary>
    public Explanation Explanation { get; }

    /// <summary>Evaluates a flag. It stores and counts nothing.</summary>
    /// <param name="features">What answers.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="context">The subject.</param>
    public static EppoAssignment Of(IFeatureEvaluator features, string key, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        var explanation = features.Explain(key, context);
        return explanation.Reason switch
        {
            EvaluationReason.FlagNotFound => new(explanation) { Code = "FLAG_UNRECOGNIZED_OR_DISABLED", Reason = "ERROR" },
            EvaluationReason.Off => new(explanation) { Code = "FLAG_UNRECOGNIZED_OR_DISABLED", Reason = "DISABLED" },
            _ => OfAllocations(explanation),
        };
    }

    private static EppoAssignment OfAllocations(Explanation explanation)
    {
        JsonElement[] notes = explanation.Metadata.TryGetValue(AllocationNotes.Name, out var list) ? [.. list.EnumerateArray()] : [];
        ExplanationStep[] asked = [.. explanation.Steps.Where(step => step.Kind == ExplanationKind.Rule)];
        var isMatch = explanation.Variant is not null && asked.Length > 0;
        var isFault = explanation.Rule is not null && !isMatch;
        var passed = isMatch || isFault ? asked.Length - 1 : asked.Length;
        EppoAllocation? decided = isMatch ? new(Key(notes[passed]), "MATCH", passed + 1) : null;
        return new(explanation)
        {
            Code = isMatch ? "MATCH" : isFault ? "ASSIGNMENT_ERROR" : "DEFAULT_ALLOCATION_NULL",
            Reason = isMatch ? notes[passed].GetProperty(AllocationNotes.Reason).GetString()! : explanation.Reason is EvaluationReason.Error or EvaluationReason.TargetingKeyMissing && notes.Length > 0 ? "ERROR" : "DEFAULT",
            Matched = decided,
            DoLog = isMatch && notes[passed].GetProperty(AllocationNotes.DoLog).GetBoolean(),
            Unmatched = [.. asked.Take(passed).Select((step, index) => new EppoAllocation(step.Subject, CodeOf(step, notes[index]), index + 1))],
            Unevaluated = [.. notes.Skip(asked.Length).Select((note, index) => new EppoAllocation(Key(note), "UNEVALUATED", asked.Length + index + 1))],
        };
    }

    // The last condition that was looked at is the one that did not hold.
    private static string CodeOf(ExplanationStep rule, JsonElement note)
    {
        if (rule.Steps.FirstOrDefault(step => step.Kind == ExplanationKind.Condition) is not { Outcome: not ExplanationOutcome.Yes } when)
            return "TRAFFIC_EXPOSURE_MISS";
        var hasStart = note.GetProperty(AllocationNotes.HasStart).GetBoolean();
        var hasEnd = note.GetProperty(AllocationNotes.HasEnd).GetBoolean();
        return when.Steps.Count switch
        {
            1 when hasStart => "BEFORE_START_TIME",
            1 when hasEnd => "AFTER_END_TIME",
            2 when hasStart && hasEnd => "AFTER_END_TIME",
            _ => "FAILING_RULE",
        };
    }

    private static string Key(JsonElement note) => note.GetProperty(AllocationNotes.Key).GetString()!;
}

/// <summary>An allocation and what became of it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Code"><c>MATCH</c>, <c>UNEVALUATED</c>, <c>BEFORE_START_TIME</c>, <c>AFTER_END_TIME</c>, <c>FAILING_RULE</c> or <c>TRAFFIC_EXPOSURE_MISS</c>.</param>
/// <param name="Position">Its place in the flag, from 1.</param>
public sealed record EppoAllocation(string Key, string Code, int Position);
