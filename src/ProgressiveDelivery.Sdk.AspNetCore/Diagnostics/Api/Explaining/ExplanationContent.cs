namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Explaining;

/// <summary>The decision of a flag for a context, step by step.</summary>
internal sealed record ExplanationContent : ApiContent
{
    // Two levels of JSON each; the writer's limit is 1,000.
    private const int MaxNesting = 400;

    public required long SnapshotVersion { get; init; }

    public required SnapshotOrigin Origin { get; init; }

    public required bool Held { get; init; }

    public required string Flag { get; init; }

    public FlagType? Type { get; init; }

    public required EvaluationReason Reason { get; init; }

    public string? Variant { get; init; }

    public RawJson? Value { get; init; }

    public bool? Enabled { get; init; }

    public string? Rule { get; init; }

    public string? Error { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IEnumerable<StepContent> Steps { get; init; }

    /// <summary>All of it on several lines, for people.</summary>
    public required string Text { get; init; }

    public static ExplanationContent Of(Explanation explanation) => new()
    {
        SnapshotVersion = explanation.SnapshotVersion,
        Origin = explanation.Origin,
        Held = explanation.IsHeld,
        Flag = explanation.Flag,
        Type = explanation.Type,
        Reason = explanation.Reason,
        Variant = explanation.Variant,
        Value = RawJson.Of(explanation.Value),
        Enabled = explanation.IsEnabled,
        Rule = explanation.Rule,
        Error = explanation.Error,
        Notes = explanation.Notes,
        Steps = Of(explanation.Steps, 0),
        Text = explanation.ToString(),
    };

    private static IEnumerable<StepContent> Of(IReadOnlyList<ExplanationStep> steps, int depth) => depth == MaxNesting ? [] : steps.Select(step => new StepContent
    {
        Kind = step.Kind,
        Subject = step.Subject,
        Outcome = step.Outcome,
        Detail = step.Detail,
        Bucket = BucketContent.Of(step.Bucket),
        Position = step.Position is { } position && double.IsFinite(position) ? position : null,
        Steps = Of(step.Steps, depth + 1),
    });
}

/// <summary>A step of an evaluation.</summary>
internal sealed record StepContent
{
    public required ExplanationKind Kind { get; init; }

    public required string Subject { get; init; }

    public required ExplanationOutcome Outcome { get; init; }

    public string? Detail { get; init; }

    public BucketContent? Bucket { get; init; }

    public double? Position { get; init; }

    public required IEnumerable<StepContent> Steps { get; init; }
}

/// <summary>The place of the unit in the hashed range.</summary>
internal sealed record BucketContent(string Salt, string By, int Position, int From, int To, bool Inside)
{
    public static BucketContent? Of(BucketExplanation? bucket) => bucket is null ? null : new(bucket.Salt, bucket.By, bucket.Position, bucket.From, bucket.To, bucket.IsInside);
}
