namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>One flag.</summary>
internal sealed record FlagContent : ApiContent
{
    public required long SnapshotVersion { get; init; }

    public required string Key { get; init; }

    public required FlagType Type { get; init; }

    public long? Version { get; init; }

    public required bool Enabled { get; init; }

    public required bool ClientVisible { get; init; }

    public required bool DependsOnTime { get; init; }

    public required bool Constant { get; init; }

    public EvaluationReason? Overlay { get; init; }

    public string? Defect { get; init; }

    public required IEnumerable<VariantContent> Variants { get; init; }

    public required IReadOnlyList<string> Prerequisites { get; init; }

    public required IEnumerable<RuleContent> Rules { get; init; }

    public string? Default { get; init; }

    public string? OffVariant { get; init; }

    public IReadOnlyList<string>? ServedVariants { get; init; }

    public required IReadOnlyList<string> Attributes { get; init; }

    public required IReadOnlyDictionary<string, RawJson> Metadata { get; init; }

    public RawJson? Definition { get; init; }

    public ServedContent? Served { get; init; }

    public required IEnumerable<GuardContent> Guards { get; init; }

    public required IEnumerable<RampContent> Ramps { get; init; }

    /// <summary>The keys of the experiments in the flag's rules and default.</summary>
    public required IReadOnlyList<string> ExperimentKeys { get; init; }

    /// <summary>The health of those that this process has exposed units of.</summary>
    public required IEnumerable<ExperimentContent> Experiments { get; init; }
}

/// <summary>A variant.</summary>
internal sealed record VariantContent(string Name, RawJson? Value, bool? Enabled)
{
    public static VariantContent Of(VariantInfo variant) => new(variant.Name, RawJson.Of(variant.Value), variant.IsEnabled);
}

/// <summary>A rule in words.</summary>
internal sealed record RuleContent(string Id, string? Condition, string Outcome)
{
    public static RuleContent Of(RuleInfo rule) => new(rule.Id, rule.Condition, rule.Outcome);
}
