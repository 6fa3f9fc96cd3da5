namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The answer of an experiment, and the steps to take. Immutable.</summary>
public sealed record Verdict
{
    /// <summary>The verdict.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>The key of the variant that it names; null if it names none.</summary>
    public string? Variant { get; init; }

    /// <summary>The verdict as a sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>The grounds: one or two sentences.</summary>
    public required string Line { get; init; }

    /// <summary>A sentence for each other variant that must not be shipped. Usually empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>At most three steps to take, imperative, in order.</summary>
    public required IReadOnlyList<string> NextSteps { get; init; }

    /// <summary>The day on which enough units are expected; null if that is not known.</summary>
    public DateOnly? ExpectedEnd { get; init; }
}
