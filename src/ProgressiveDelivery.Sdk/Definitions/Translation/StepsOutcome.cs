using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>Evaluates a list of steps in order; passes on if none decides.</summary>
/// <param name="Steps">The steps.</param>
[Experimental("PD9001")]
public sealed record StepsOutcome(IReadOnlyList<OutcomeStep> Steps) : OutcomeDefinition
{
    /// <summary>The steps.</summary>
    public IReadOnlyList<OutcomeStep> Steps { get; init => field = EquatableList.Of(value); } = EquatableList.Of(Steps);
}

/// <summary>A step of a <see cref="StepsOutcome"/>.</summary>
[Experimental("PD9001")]
public sealed record OutcomeStep
{
    /// <summary>The condition of the step; null if it always applies.</summary>
    public ConditionDefinition? When { get; init; }

    /// <summary>The outcome of the step.</summary>
    public required OutcomeDefinition Serve { get; init; }

    /// <summary>A name for people, shown in explanations; null if it has none.</summary>
    public string? Id { get; init; }
}
