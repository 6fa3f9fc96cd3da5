namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// A formula over the context that yields any value. Values are coerced as ECMAScript does, but that an empty list counts as false and
/// the text <c>0</c> as true. A formula never throws: what makes no sense yields null.
/// </summary>
public abstract record ExpressionDefinition
{
    private protected ExpressionDefinition()
    {
    }
}

/// <summary>A value as it stands.</summary>
/// <param name="Value">The value.</param>
public sealed record LiteralExpression(AttributeValue Value) : ExpressionDefinition;

/// <summary>A list of what its items yield.</summary>
/// <param name="Items">The items.</param>
public sealed record ListExpression(IReadOnlyList<ExpressionDefinition> Items) : ExpressionDefinition;

/// <summary>An operator and its operands.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Operands">Its operands, in order; one that is missing is null, one too many is not looked at.</param>
public sealed record OperationExpression(ExpressionOperator Operator, IReadOnlyList<ExpressionDefinition> Operands) : ExpressionDefinition;

/// <summary>
/// Chooses a share by a hash of a value: each share is a list of what it yields and its weight, a whole number, 1 where there is none. What
/// cannot be hashed, and shares that make no sense, yield null.
/// </summary>
/// <param name="By">What is hashed; null: the flag's key and the targeting key.</param>
/// <param name="Shares">The shares, in the order in which they divide the range.</param>
/// <param name="Hash">How the value is hashed, and what its position is.</param>
public sealed record FractionalExpression(ExpressionDefinition? By, IReadOnlyList<ExpressionDefinition> Shares, FractionalHash Hash) : ExpressionDefinition;

/// <summary>What a <see cref="FractionalExpression"/> hashes, by MurmurHash3 x86 32 with seed 0, and how that becomes a position.</summary>
public enum FractionalHash
{
    /// <summary>A text as UTF-8, times the sum of the weights, the upper half of the product. Null: as where nothing is given to be hashed.</summary>
    Text = 0,

    /// <summary>A text as UTF-8; the magnitude of the signed hash, as a share of its range, among cumulative percentages. Null as in <see cref="Text"/>.</summary>
    SignedText,

    /// <summary>Any value but null in deterministic CBOR (RFC 8949, 4.2.1), whole numbers as integers; placed as in <see cref="Text"/>.</summary>
    Cbor,
}

/// <summary>What an expression sees besides the attributes of the main context, at the top level.</summary>
public sealed record ExpressionScope
{
    /// <summary>The name of an object with <c>flagKey</c> and <c>timestamp</c>, in whole seconds since 1970; null: there is none.</summary>
    public string? Surroundings { get; init; }

    /// <summary>An object whose members are seen instead of the attributes of these names; null: there is none.</summary>
    public AttributeValue Given { get; init; }
}
