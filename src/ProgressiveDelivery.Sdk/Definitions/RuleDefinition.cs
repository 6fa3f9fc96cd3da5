namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>One step of a flag: where the condition holds and the outcome yields a variant, it decides.</summary>
public sealed record RuleDefinition
{
    /// <summary>A name for people, shown in evaluations and explanations.</summary>
    public string? Id { get; init; }

    /// <summary>When the rule applies; null: always.</summary>
    public ConditionDefinition? When { get; init; }

    /// <summary>What it serves.</summary>
    public required ServeDefinition Serve { get; init; }
}
