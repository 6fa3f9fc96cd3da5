using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// One evaluation of a flag in Eppo's terms: the allocation that matched the subject, and why others did not. For debugging, assignment logs
/// and migration; use <see cref="IFeatureEvaluator"/> where speed counts.
/// </summary>
public sealed class EppoAssignment
{
    private EppoAssignment(Explanation explanation) => Explanation = explanation;

    /// <summary>The code of the evaluation: <c>MATCH</c>, <c>DEFAULT_ALLOCATION_NULL</c>, <c>FLAG_UNRECOGNIZED_OR_DISABLED</c>, <c>ASSIGNMENT_ERROR</c>.</summary>
    public required string Code { get; init; }

    /// <summary>OpenFeature's reason, as Datadog gives it: <c>STATIC</c>, <c>SPLIT</c>, <c>TARGETING_MATCH</c>, <c>DEFAULT</c>, <c>DISABLED</c>, <c>ERROR</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The key of the variation assigned; null if none. With <c>ASSIGNMENT_ERROR</c>, the variation whose value is of another type than the flag.</summary>
    public string? Variation { get; private init; }

    /// <summary>The value assigned, as JSON text; null if none.</summary>
    public string? Value => Explanation.Value;

    /// <summary>The allocation that matched the subject; null if none did.</summary>
    public EppoAllocation? Matched { get; private init; }

    /// <summary>The allocations before it, which did not match.</summary>
    public IReadOnlyList<EppoAllocation> Unmatched { get; private init; } = [];

    /// <summary>The allocations after it, which were not evaluated.</summary>
    public IReadOnlyList<EppoAllocation> Unevaluated { get; private init; } = [];

    /// <summary>Indicates whether to log the assignment.</summary>
    public bool DoLog { get; private init; }

    /// <summary>The whole explanation.</summary>
    public Explanation Explanation { get; }

    internal static EppoAssignment Of(IFeatureEvaluator features, string key, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        var explanation = features.Explain(key, context);
        return explanation.Reason switch
        {
            EvaluationReason.FlagNotFound => new(explanation) { Code = "FLAG_UNRECOGNIZED_OR_DISABLED", Reason = "ERROR" },
            EvaluationReason.Off => new(explanation) { Code = "FLAG_UNRECOGNIZED_OR_DISABLED", Reason = "DISABLED", Variation = explanation.Variant },
            _ => OfAllocations(explanation),
        };
    }

    private static EppoAssignment OfAllocations(Explanation explanation)
    {
        JsonElement[] notes = explanation.Metadata.TryGetValue(AllocationNotes.Name, out var list) ? [.. list.EnumerateArray()] : [];
        ExplanationStep[] asked = [.. explanation.Steps.Where(step => step.Kind == ExplanationKind.Rule)];
        var isMatch = explanation.Variant is not null && asked.Length > 0;
        var isFault = explanation.Rule is not null && !isMatch && asked.Length > 0;
        var passed = isMatch || isFault ? asked.Length - 1 : asked.Length;
        var faulty = isFault ? FaultyVariation(explanation, asked[^1]) : null;
        EppoAllocation? decided = isMatch || faulty is not null ? new(Key(notes[passed]), "MATCH", passed + 1) : null;
        return new(explanation)
        {
            Code = isMatch ? "MATCH" : isFault ? "ASSIGNMENT_ERROR" : "DEFAULT_ALLOCATION_NULL",
            Reason = isMatch ? notes[passed].GetProperty(AllocationNotes.Reason).GetString()! : explanation.Reason is EvaluationReason.Error or EvaluationReason.TargetingKeyMissing && notes.Length > 0 ? "ERROR" : "DEFAULT",
            Variation = explanation.Variant ?? faulty,
            Matched = decided,
            DoLog = isMatch && notes[passed].GetProperty(AllocationNotes.DoLog).GetBoolean(),
            Unmatched = [.. asked.Take(passed).Select((step, index) => new EppoAllocation(step.Subject, CodeOf(step, notes[index]), index + 1))],
            Unevaluated = [.. notes.Skip(asked.Length).Select((note, index) => new EppoAllocation(Key(note), "UNEVALUATED", asked.Length + index + 1))],
        };
    }

    // The step that ended the flag is the last one.
    private static string? FaultyVariation(Explanation explanation, ExplanationStep allocation) =>
        explanation.Reason == EvaluationReason.Error
        && allocation.Steps.LastOrDefault(step => step.Kind == ExplanationKind.Step)?.Subject is { } subject
        && subject.StartsWith(AllocationNotes.FaultyVariation, StringComparison.Ordinal)
            ? subject[AllocationNotes.FaultyVariation.Length..]
            : null;

    // The last condition evaluated is the one that did not hold.
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

/// <summary>An allocation and its result in an evaluation.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Code"><c>MATCH</c>, <c>UNEVALUATED</c>, <c>BEFORE_START_TIME</c>, <c>AFTER_END_TIME</c>, <c>FAILING_RULE</c> or <c>TRAFFIC_EXPOSURE_MISS</c>.</param>
/// <param name="Position">Its place in the flag, from 1.</param>
public sealed record EppoAllocation(string Key, string Code, int Position);
