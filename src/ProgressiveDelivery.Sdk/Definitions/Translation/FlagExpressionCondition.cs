using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// Holds if an expression over another flag's variant counts as true, and does not hold for a variant without a value here. If that flag is
/// quarantined or ends with an error, this one also ends with an error.
/// </summary>
[Experimental("PD9001")]
public sealed record FlagExpressionCondition : ConditionDefinition
{
    /// <summary>The other flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The value that the expression sees, in place of the attributes, for each variant of that flag.</summary>
    public required IReadOnlyList<KeyValuePair<string, AttributeValue>> Values { get; init => field = EquatableList.Of(value); }

    /// <summary>The expression.</summary>
    public required ExpressionDefinition Expression { get; init; }

    /// <summary>The value that the expression sees if there is no such flag.</summary>
    public AttributeValue Missing { get; init; }
}
