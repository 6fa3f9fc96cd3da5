using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// A formula over the context that yields any value. Values are coerced as in ECMAScript, but an empty list counts as false and the text <c>0</c> as
/// true. A formula never throws: an invalid operation yields null.
/// </summary>
[Experimental("PD9001")]
public abstract record ExpressionDefinition
{
    private protected ExpressionDefinition()
    {
    }

    /// <summary>Returns whether both are of one kind, the base of a comparison by content. Two expressions nested too deep for the stack are not equal.</summary>
    public virtual bool Equals(ExpressionDefinition? other) =>
        other is not null && EqualityContract == other.EqualityContract && RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>A constant value.</summary>
/// <param name="Value">The value.</param>
[Experimental("PD9001")]
public sealed record LiteralExpression(AttributeValue Value) : ExpressionDefinition
{
    /// <summary>Returns whether both have the same value of the same kind. An integer does not equal a number here: operators can differ on them.</summary>
    public bool Equals(LiteralExpression? other) => base.Equals(other) && Value.Kind == other.Value.Kind && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();
}

/// <summary>A list of the results of its items.</summary>
/// <param name="Items">The items.</param>
[Experimental("PD9001")]
public sealed record ListExpression(IReadOnlyList<ExpressionDefinition> Items) : ExpressionDefinition
{
    /// <summary>The items.</summary>
    public IReadOnlyList<ExpressionDefinition> Items { get; init => field = EquatableList.Of(value); } = EquatableList.Of(Items);
}

/// <summary>An operator and its operands.</summary>
[Experimental("PD9001")]
public sealed record OperationExpression : ExpressionDefinition
{
    /// <summary>The operator.</summary>
    public required ExpressionOperator Operator { get; init; }

    /// <summary>Its operands, in order. A missing operand is null, and excess operands are ignored.</summary>
    public required IReadOnlyList<ExpressionDefinition> Operands { get; init => field = EquatableList.Of(value); }
}

/// <summary>
/// Chooses a share by a hash of a value. Each share is a list of its value and its weight, a whole number; the default weight is 1. Yields null for a
/// value that cannot be hashed, and for invalid shares.
/// </summary>
[Experimental("PD9001")]
public sealed record FractionalExpression : ExpressionDefinition
{
    /// <summary>The value to hash; null for the flag's key and the targeting key.</summary>
    public ExpressionDefinition? By { get; init; }

    /// <summary>The shares, in the order in which they divide the range.</summary>
    public required IReadOnlyList<ExpressionDefinition> Shares { get; init => field = EquatableList.Of(value); }

    /// <summary>The hash of the value, and its conversion to a position.</summary>
    public FractionalHash Hash { get; init; }
}

/// <summary>
/// The input of a <see cref="FractionalExpression"/>'s hash, MurmurHash3 x86 32 with seed 0, and the conversion of the hash to a position.
/// </summary>
[Experimental("PD9001")]
public enum FractionalHash
{
    /// <summary>A text as UTF-8, times the sum of the weights, the upper half of the product. Null is hashed as if no value were given.</summary>
    Text = 0,

    /// <summary>A text as UTF-8; the magnitude of the signed hash, as a share of its range, among cumulative percentages. Null as in <see cref="Text"/>.</summary>
    SignedText,

    /// <summary>Any value except null in deterministic CBOR (RFC 8949, 4.2.1), whole numbers as integers; placed as in <see cref="Text"/>.</summary>
    Cbor,
}

/// <summary>The values that an expression sees at the top level, besides the attributes of the main context.</summary>
[Experimental("PD9001")]
public sealed record ExpressionScope
{
    /// <summary>The name of an object with <c>flagKey</c> and <c>timestamp</c>, in whole seconds since 1970; null if there is no such object.</summary>
    public string? Surroundings { get; init; }

    /// <summary>An object whose members override the attributes of the same names; null if there is none.</summary>
    public AttributeValue Given { get; init; }
}
