using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>Tests the names of the context's kinds; one that holds is enough.</summary>
[Experimental("PD9001")]
public sealed record ContextKindCondition : ConditionDefinition
{
    /// <summary>The name of the main context's kind, which is present if it has a targeting key.</summary>
    public required string MainKind { get; init; }

    /// <summary>The test.</summary>
    public required AttributeOperator Operator { get; init; }

    /// <summary>The value to test against, in the form that the operator requires.</summary>
    public required AttributeValue Operand { get; init; }

    /// <summary>Indicates whether the condition holds if no name does. Default false.</summary>
    public bool Negate { get; init; }

    /// <summary>The rules to read names; null for those of our own format.</summary>
    public ValueDialect? Dialect { get; init; }
}
