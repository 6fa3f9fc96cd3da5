namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>How an attribute test reads the attribute: what counts as a text, a number, an instant, a version. The defaults are those of our own format.</summary>
public sealed record ValueDialect
{
    /// <summary>Which values tests on text take, and which text they have.</summary>
    public TextReading Texts { get; init; }

    /// <summary>Which values tests on numbers take.</summary>
    public NumberReading Numbers { get; init; }

    /// <summary>Which values tests on time take.</summary>
    public InstantReading Instants { get; init; }

    /// <summary>Which texts are versions.</summary>
    public VersionReading Versions { get; init; }

    /// <summary>What regular expressions are written in.</summary>
    public PatternSyntax Patterns { get; init; }

    /// <summary>Whether a test with an operand that is no regular expression, instant or version holds for nothing; otherwise its flag is malformed. Default false.</summary>
    public bool InvalidOperandsMatchNothing { get; init; }

    /// <summary>Whether a JSON pointer goes into objects only, and not into lists. Default false.</summary>
    public bool PointersEnterObjectsOnly { get; init; }

    /// <summary>Whether an empty text is as good as a missing attribute. Default false.</summary>
    public bool EmptyIsMissing { get; init; }

    /// <summary>Whether a list is tested item by item, one that holds being enough, and another scalar than the test takes is one that does not; a nested list or object is what the test cannot judge. Default false.</summary>
    public bool AnyItem { get; init; }
}

/// <summary>Which values tests on text take.</summary>
public enum TextReading
{
    /// <summary>Texts only.</summary>
    Texts = 0,

    /// <summary>Texts, and numbers and booleans as ECMAScript writes them.</summary>
    EcmaScript,

    /// <summary>As <see cref="EcmaScript"/>; also instants, as seconds since 1970, and lists of texts, as JSON. Tests on lists take a text that is such a JSON array.</summary>
    EcmaScriptAndJson,
}

/// <summary>Which values tests on numbers take.</summary>
public enum NumberReading
{
    /// <summary>Numbers only.</summary>
    Numbers = 0,

    /// <summary>Numbers, and texts that are one in invariant notation.</summary>
    NumbersAndTexts,

    /// <summary>As <see cref="NumbersAndTexts"/>; texts are trimmed, the first comma is a decimal point, and <c>NaN</c> and <c>Infinity</c> are numbers.</summary>
    Lenient,
}

/// <summary>Which values tests on time take.</summary>
public enum InstantReading
{
    /// <summary>Instants, and texts in RFC 3339.</summary>
    Rfc3339 = 0,

    /// <summary>As <see cref="Rfc3339"/>; also numbers, as milliseconds since 1970.</summary>
    Rfc3339OrMilliseconds,

    /// <summary>Instants, and numbers and their texts as seconds since 1970.</summary>
    Seconds,

    /// <summary>Instants, and texts in ISO 8601, of which the time or the offset may be missing.</summary>
    Iso8601,
}

/// <summary>Which texts are versions.</summary>
public enum VersionReading
{
    /// <summary>SemVer 2.0, exactly.</summary>
    SemVer2 = 0,

    /// <summary>SemVer 2.0, of which the minor and the patch part may be missing, and then are 0.</summary>
    Partial,

    /// <summary>SemVer 2.0, trimmed.</summary>
    Trimmed,
}

/// <summary>What regular expressions are written in.</summary>
public enum PatternSyntax
{
    /// <summary>.NET's, without what needs backtracking.</summary>
    DotNet = 0,

    /// <summary>RE2's: POSIX classes, <c>$</c> at the very end only; what it has not is refused.</summary>
    Re2,

    /// <summary>ECMAScript's. One that needs backtracking is given up after 50 ms, and cannot be judged then.</summary>
    EcmaScript,
}

/// <summary>What a test gives where it cannot judge.</summary>
public enum Judgement
{
    /// <summary>Unknown: never true, also when negated.</summary>
    Unknown = 0,

    /// <summary>It does not hold.</summary>
    False,

    /// <summary>It holds.</summary>
    True,
}
