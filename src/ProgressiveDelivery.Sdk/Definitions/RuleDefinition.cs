namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>One step of a flag: it decides if its condition holds and its outcome yields a variant.</summary>
public sealed record RuleDefinition
{
    /// <summary>A name for people, shown in evaluations and explanations.</summary>
    public string? Id { get; init; }

    /// <summary>The condition of the rule; null if it always applies.</summary>
    public ConditionDefinition? When { get; init; }

    /// <summary>The outcome of the rule.</summary>
    public required OutcomeDefinition Serve { get; init; }
}
