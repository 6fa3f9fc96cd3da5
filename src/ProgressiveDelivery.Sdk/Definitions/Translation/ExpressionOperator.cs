using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>The operation of an <see cref="OperationExpression"/>.</summary>
[Experimental("PD9001")]
public enum ExpressionOperator
{
    /// <summary>
    /// The value at a dotted path, the first operand, or else the second operand. A path that is absent, null or empty means all values.
    /// </summary>
    Variable = 0,

    /// <summary>The paths without a value, or with an empty text. The paths are the operands, or the items of the first one.</summary>
    Missing,

    /// <summary>
    /// The result of <see cref="Missing"/> for the second operand's items; empty if at least as many of them as the first operand have a value.
    /// </summary>
    MissingSome,

    /// <summary>Pairs of a condition and its result, then the result if no condition holds.</summary>
    If,

    /// <summary>The first operand that counts as false, or else the last.</summary>
    And,

    /// <summary>The first operand that counts as true, or else the last.</summary>
    Or,

    /// <summary>True if the operand counts as false.</summary>
    Not,

    /// <summary>True if the operand counts as true.</summary>
    IsTrue,

    /// <summary>True if two operands are equal after coercion.</summary>
    Equal,

    /// <summary>True if two operands differ after coercion.</summary>
    NotEqual,

    /// <summary>True if two operands are equal without coercion.</summary>
    Same,

    /// <summary>True if two operands differ without coercion.</summary>
    NotSame,

    /// <summary>True if the operands, two or three, ascend strictly.</summary>
    Less,

    /// <summary>True if the operands, two or three, ascend.</summary>
    AtMost,

    /// <summary>True if the first operand is greater than the second.</summary>
    Greater,

    /// <summary>True if the first operand is at least the second.</summary>
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

    /// <summary>The smallest of the numbers.</summary>
    Minimum,

    /// <summary>The largest of the numbers.</summary>
    Maximum,

    /// <summary>True if the first operand is an item of the second, a list, or a part of it, a text.</summary>
    In,

    /// <summary>The concatenation of the operands' texts.</summary>
    Concatenate,

    /// <summary>
    /// Part of a text: from a position, of a length. A negative position counts from the end; a negative length stops that far before the end.
    /// </summary>
    Substring,

    /// <summary>One list of all operands; a list among them contributes its items.</summary>
    Merge,

    /// <summary>The list of the second operand's results for each item of the first. It sees only that item.</summary>
    Map,

    /// <summary>The items of the first operand for which the second counts as true.</summary>
    Filter,

    /// <summary>
    /// The last result of the second operand, evaluated for each item of the first. It sees the item as <c>current</c> and its previous result, at
    /// first the third operand, as <c>accumulator</c>.
    /// </summary>
    Reduce,

    /// <summary>True if the second operand counts as true for all items of the first; false if there are none.</summary>
    All,

    /// <summary>True if the second operand counts as true for no item of the first.</summary>
    None,

    /// <summary>True if the second operand counts as true for at least one item of the first.</summary>
    Some,

    /// <summary>True if the first operand, a text, starts with the second; null if either is not a text, or if there are not two.</summary>
    StartsWith,

    /// <summary>True if the first operand, a text, ends with the second; null if either is not a text, or if there are not two.</summary>
    EndsWith,

    /// <summary>
    /// True if the first operand, a semantic version, has the relation of the second operand to the third: <c>=</c>, <c>!=</c>, <c>&lt;</c>,
    /// <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>^</c> (same major) or <c>~</c> (same major and minor). Null if an operand is invalid. A leading v,
    /// and missing minor and patch numbers, are allowed.
    /// </summary>
    SemVer,

    /// <summary>The operand's text, as ECMAScript's <c>String</c> converts it: null is <c>null</c>.</summary>
    ToText,

    /// <summary>The operand's number, as ECMAScript's <c>Number</c> converts it: null and the empty text are 0.</summary>
    ToNumber,

    /// <summary>True if the operand counts as true in ECMAScript, in which every list does.</summary>
    ToTruth,

    /// <summary>The operand's type: <c>string</c>, <c>number</c>, <c>boolean</c>, <c>array</c>, <c>object</c> or <c>null</c>.</summary>
    TypeName,

    /// <summary>The number of the operand's items; null if it is not a list.</summary>
    Length,

    /// <summary>A text in lower case, by the invariant culture; any other value is unchanged.</summary>
    FoldCase,

    /// <summary>
    /// A version as a text that sorts as versions do: numbers are padded to five characters, and a release comes after its pre-releases. A value that
    /// is neither a text nor a number becomes <c>0</c>.
    /// </summary>
    PaddedVersion,

    /// <summary>
    /// True if an ECMAScript regular expression, the second operand, a literal, matches the text of the first. False if it is not a valid one.
    /// </summary>
    Matches,

    /// <summary>The same as <see cref="Matches"/>, but ignores case.</summary>
    MatchesIgnoringCase,

    /// <summary>True if two operands have the same content, including lists and objects. The order of an object's members does not matter.</summary>
    Identical,
}
