namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What an <see cref="OperationExpression"/> does.</summary>
public enum ExpressionOperator
{
    /// <summary>The value at a path with dots (first operand; nothing, null and the empty text: all there is), or else the second operand.</summary>
    Variable = 0,

    /// <summary>Those of the paths, operands or the items of the first, where there is no value, or an empty text.</summary>
    Missing,

    /// <summary>As <see cref="Missing"/> of the second operand's items; nothing where as many as the first operand says have a value.</summary>
    MissingSome,

    /// <summary>Pairs of a condition and what it yields, and what else is yielded.</summary>
    If,

    /// <summary>The first operand that counts as false, or else the last.</summary>
    And,

    /// <summary>The first operand that counts as true, or else the last.</summary>
    Or,

    /// <summary>Whether the operand counts as false.</summary>
    Not,

    /// <summary>Whether the operand counts as true.</summary>
    IsTrue,

    /// <summary>Whether two operands are equal after coercion.</summary>
    Equal,

    /// <summary>Whether two operands differ after coercion.</summary>
    NotEqual,

    /// <summary>Whether two operands are equal without coercion.</summary>
    Same,

    /// <summary>Whether two operands differ without coercion.</summary>
    NotSame,

    /// <summary>Whether the operands, two or three, ascend strictly.</summary>
    Less,

    /// <summary>Whether the operands, two or three, ascend.</summary>
    AtMost,

    /// <summary>Whether the first operand is greater than the second.</summary>
    Greater,

    /// <summary>Whether the first operand is at least the second.</summary>
    AtLeast,

    /// <summary>The sum.</summary>
    Add,

    /// <summary>The difference of two operands, or the negative of one.</summary>
    Subtract,

    /// <summary>The product.</summary>
    Multiply,

    /// <summary>The quotient of two operands.</summary>
    Divide,

    /// <summary>The remainder of a division, with the sign of the dividend.</summary>
    Remainder,

    /// <summary>The least of the numbers.</summary>
    Minimum,

    /// <summary>The greatest of the numbers.</summary>
    Maximum,

    /// <summary>Whether the first operand is an item of the second, a list, or a part of it, a text.</summary>
    In,

    /// <summary>The operands' texts in a row.</summary>
    Concatenate,

    /// <summary>Part of a text: from a position (negative: from the end), of a length (negative: up to so many before the end).</summary>
    Substring,

    /// <summary>One list of all operands, and of the items of those that are lists.</summary>
    Merge,

    /// <summary>What the second operand yields for each item of the first, which is all that it sees.</summary>
    Map,

    /// <summary>The items of the first operand for which the second counts as true.</summary>
    Filter,

    /// <summary>The second operand for each item of the first, seen as <c>current</c>, with what it yielded before as <c>accumulator</c>, which begins as the third.</summary>
    Reduce,

    /// <summary>Whether the second operand counts as true for all items of the first; false where there are none.</summary>
    All,

    /// <summary>Whether the second operand counts as true for no item of the first.</summary>
    None,

    /// <summary>Whether the second operand counts as true for an item of the first.</summary>
    Some,

    /// <summary>Whether the first operand, a text, starts with the second; null where either is no text, or there are not two.</summary>
    StartsWith,

    /// <summary>Whether the first operand, a text, ends with the second; null where either is no text, or there are not two.</summary>
    EndsWith,

    /// <summary>
    /// Whether the first operand, a semantic version, stands to the third as the second says: <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>,
    /// <c>&gt;</c>, <c>&gt;=</c>, <c>^</c> (same major) or <c>~</c> (same major and minor). Null where that makes no sense. A leading v, and
    /// missing minor and patch numbers, are allowed.
    /// </summary>
    SemVer,

    /// <summary>The operand's text, as ECMAScript's <c>String</c> gives it: null is <c>null</c>.</summary>
    ToText,

    /// <summary>The operand's number, as ECMAScript's <c>Number</c> gives it: null and the empty text are 0.</summary>
    ToNumber,

    /// <summary>Whether the operand counts as true in ECMAScript, where every list does.</summary>
    ToTruth,

    /// <summary>What the operand is: <c>string</c>, <c>number</c>, <c>boolean</c>, <c>array</c>, <c>object</c> or <c>null</c>.</summary>
    TypeName,

    /// <summary>How many items the operand has; null where it is no list.</summary>
    Length,

    /// <summary>A text in lower case, invariantly; anything else as it is.</summary>
    FoldCase,

    /// <summary>A version as a text that is ordered as versions are: numbers padded to five characters, and a release behind what comes before it. What is neither a text nor a number is <c>0</c>.</summary>
    PaddedVersion,

    /// <summary>Whether a regular expression of ECMAScript, the second operand, a literal, is found in the text of the first; never, where it is none.</summary>
    Matches,

    /// <summary>As <see cref="Matches"/>, without regard to case.</summary>
    MatchesIgnoringCase,

    /// <summary>Whether two operands have the same content: lists and objects too, the latter whatever the order of their members.</summary>
    Identical,
}
