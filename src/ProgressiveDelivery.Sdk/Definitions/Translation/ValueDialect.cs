using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// The reading of an attribute by a test: the values that count as a text, a number, an instant or a version. The defaults are those of our own
/// format.
/// </summary>
[Experimental("PD9001")]
public sealed record ValueDialect
{
    /// <summary>The values that tests on text accept, and their text form.</summary>
    public TextReading Texts { get; init; }

    /// <summary>The values that tests on numbers accept.</summary>
    public NumberReading Numbers { get; init; }

    /// <summary>The values that tests on time accept.</summary>
    public InstantReading Instants { get; init; }

    /// <summary>The texts that count as versions.</summary>
    public VersionReading Versions { get; init; }

    /// <summary>The syntax of regular expressions.</summary>
    public PatternSyntax Patterns { get; init; }

    /// <summary>
    /// Indicates whether a test whose operand is not a valid regular expression, instant or version matches nothing; otherwise its flag is malformed.
    /// Default false.
    /// </summary>
    public bool InvalidOperandsMatchNothing { get; init; }

    /// <summary>Indicates whether a JSON pointer may enter objects only, and no lists. Default false.</summary>
    public bool PointersEnterObjectsOnly { get; init; }

    /// <summary>Indicates whether an empty text counts as a missing attribute. Default false.</summary>
    public bool EmptyIsMissing { get; init; }

    /// <summary>
    /// Indicates whether a list is tested item by item, and one that holds is enough. A scalar of the wrong type then does not hold, and a nested
    /// list or object is a mismatch. Default false.
    /// </summary>
    public bool AnyItem { get; init; }
}

/// <summary>The values that tests on text accept.</summary>
[Experimental("PD9001")]
public enum TextReading
{
    /// <summary>Texts only.</summary>
    Texts = 0,

    /// <summary>Texts, and numbers and booleans in ECMAScript's text form.</summary>
    EcmaScript,

    /// <summary>
    /// The same as <see cref="EcmaScript"/>; also instants, as seconds since 1970, and lists of texts, as JSON. Tests on lists also accept a text
    /// that is such a JSON array.
    /// </summary>
    EcmaScriptAndJson,
}

/// <summary>The values that tests on numbers accept.</summary>
[Experimental("PD9001")]
public enum NumberReading
{
    /// <summary>Numbers only.</summary>
    Numbers = 0,

    /// <summary>Numbers, and texts that are numbers in invariant notation.</summary>
    NumbersAndTexts,

    /// <summary>
    /// The same as <see cref="NumbersAndTexts"/>, but texts are trimmed, the first comma is a decimal point, and <c>NaN</c> and <c>Infinity</c> are
    /// numbers.
    /// </summary>
    Lenient,
}

/// <summary>The values that tests on time accept.</summary>
[Experimental("PD9001")]
public enum InstantReading
{
    /// <summary>Instants, and texts in RFC 3339.</summary>
    Rfc3339 = 0,

    /// <summary>The same as <see cref="Rfc3339"/>; also numbers, as milliseconds since 1970.</summary>
    Rfc3339OrMilliseconds,

    /// <summary>Instants, and numbers or their texts as seconds since 1970.</summary>
    Seconds,

    /// <summary>Instants, and texts in ISO 8601, optionally without the time or the offset.</summary>
    Iso8601,
}

/// <summary>The texts that count as versions.</summary>
[Experimental("PD9001")]
public enum VersionReading
{
    /// <summary>SemVer 2.0, exactly.</summary>
    SemVer2 = 0,

    /// <summary>SemVer 2.0; a missing minor or patch part is 0.</summary>
    Partial,

    /// <summary>SemVer 2.0, trimmed.</summary>
    Trimmed,
}

/// <summary>The syntax of regular expressions.</summary>
[Experimental("PD9001")]
public enum PatternSyntax
{
    /// <summary>.NET's, without the features that need backtracking.</summary>
    DotNet = 0,

    /// <summary>RE2's: POSIX classes, and <c>$</c> only at the very end. Expressions with features that RE2 lacks are rejected.</summary>
    Re2,

    /// <summary>ECMAScript's, with look-around and back-references. An evaluation whose expressions cost too much ends with an error.</summary>
    EcmaScript,
}

/// <summary>The result of a test that does not apply.</summary>
[Experimental("PD9001")]
public enum Judgment
{
    /// <summary>Unknown: never true, even when negated.</summary>
    Unknown = 0,

    /// <summary>The test does not hold.</summary>
    False,

    /// <summary>The test holds.</summary>
    True,
}
