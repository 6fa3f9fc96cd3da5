using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// Serves the variant that an expression names: with a text, or with the JSON form of a boolean or a number. Null passes on. Any other value without
/// a variant ends the flag with <see cref="EvaluationReason.Error"/>.
/// </summary>
/// <param name="Expression">The expression.</param>
[Experimental("PD9001")]
public sealed record ExpressionOutcome(ExpressionDefinition Expression) : OutcomeDefinition
{
    /// <summary>The values that the expression sees besides attributes.</summary>
    public ExpressionScope Scope { get; init; } = new();
}
