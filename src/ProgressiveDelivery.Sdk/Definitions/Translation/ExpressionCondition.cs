using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>Holds if an expression yields a value that counts as true.</summary>
/// <param name="Expression">The expression.</param>
[Experimental("PD9001")]
public sealed record ExpressionCondition(ExpressionDefinition Expression) : ConditionDefinition
{
    /// <summary>The values that the expression sees besides attributes.</summary>
    public ExpressionScope Scope { get; init; } = new();
}
