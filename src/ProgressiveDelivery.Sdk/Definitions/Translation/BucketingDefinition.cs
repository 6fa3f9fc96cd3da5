using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// The placement of units: the hashed text, the algorithm and the scale of positions. The hashed text is <c>Prefix + unit + Suffix</c>, without added
/// separators.
/// </summary>
[Experimental("PD9001")]
public sealed record BucketingDefinition
{
    /// <summary>The hash, and the conversion of its bits to a position.</summary>
    public required BucketAlgorithm Algorithm { get; init; }

    /// <summary>The number of positions; must be positive for the algorithms that use it.</summary>
    public long Buckets { get; init; }

    /// <summary>The seed of <see cref="BucketAlgorithm.Murmur3Modulo"/> and <see cref="BucketAlgorithm.Murmur3Scaled"/>; 0 by default.</summary>
    public uint Seed { get; init; }

    /// <summary>The text that is hashed before the unit; empty by default.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The text that is hashed after the unit; empty by default.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The references whose first unit is hashed; null for the targeting key. If empty, there is never a unit.</summary>
    public IReadOnlyList<string>? By { get; init => field = EquatableList.Of(value); }

    /// <summary>The values that count as a unit, and their text form.</summary>
    public UnitReading Units { get; init; }

    /// <summary>Indicates whether an empty text is a unit; otherwise it counts as missing. Default false.</summary>
    public bool AcceptsEmpty { get; init; }

    /// <summary>The behavior without a unit.</summary>
    public MissingUnit Missing { get; init; }
}

/// <summary>A hash, and the conversion of its bits to a position. Text is hashed as UTF-8 unless a member states otherwise.</summary>
[Experimental("PD9001")]
public enum BucketAlgorithm
{
    /// <summary>MurmurHash3 x86 32 with a seed, modulo the number of buckets: 0 to buckets - 1 (A. Appleby, public domain).</summary>
    Murmur3Modulo = 0,

    /// <summary>MurmurHash3 x86 32 with a seed, times the number of buckets, the upper half of the product: 0 to buckets - 1.</summary>
    Murmur3Scaled,

    /// <summary>FNV-1a 32 over UTF-16 code units, modulo the number of buckets, over that number: 0 to below 1 (Fowler, Noll, Vo).</summary>
    Fnv1aFraction,

    /// <summary>FNV-1a 32 of the decimal text of the FNV-1a 32 of the text, scaled as <see cref="Fnv1aFraction"/>.</summary>
    Fnv1aTwiceFraction,

    /// <summary>The first 60 bits of SHA-1 over 2^60, both in single precision: 0 to 1.</summary>
    Sha1Fraction,

    /// <summary>The first 28 bits of SHA-1, modulo the number of buckets: 0 to buckets - 1.</summary>
    Sha1Modulo,

    /// <summary>The first 32 bits of MD5, the highest byte first, modulo the number of buckets: 0 to buckets - 1.</summary>
    Md5Modulo,

    /// <summary>The first 32 bits of SHA-256, the lowest byte first, over 4,294,967,295, times 100: 0 to 100.</summary>
    Sha256Percent,
}

/// <summary>The values that count as a unit.</summary>
[Experimental("PD9001")]
public enum UnitReading
{
    /// <summary>Texts, numbers and booleans, as in our own format.</summary>
    Plain = 0,

    /// <summary>Texts, and whole numbers without a fraction; anything else is missing.</summary>
    TextsAndWholeNumbers,

    /// <summary>Texts, and all values that <see cref="TextReading.EcmaScriptAndJson"/> reads as a text.</summary>
    EcmaScript,

    /// <summary>
    /// The same, except values that count as false in ECMAScript: <c>0</c>, <c>NaN</c>, <c>false</c> and the empty text. The targeting key replaces a
    /// missing value, but not such a value.
    /// </summary>
    EcmaScriptTruthy,
}

/// <summary>The behavior for a context without the required unit.</summary>
[Experimental("PD9001")]
public enum MissingUnit
{
    /// <summary>The context has no position: a step passes on, a condition is unknown.</summary>
    PassOn = 0,

    /// <summary>The empty text is hashed.</summary>
    Empty,

    /// <summary>The context has position 0.</summary>
    Zero,

    /// <summary>The context has a random position, a new one for each evaluation.</summary>
    Random,

    /// <summary>The flag ends with <see cref="EvaluationReason.TargetingKeyMissing"/>.</summary>
    Abort,

    /// <summary>The empty text is hashed if the context has attributes; an empty context passes on.</summary>
    EmptyUnlessNobody,
}

/// <summary>A half-open range of positions.</summary>
/// <param name="From">The first position of the range.</param>
/// <param name="To">The first position after the range; <see cref="double.PositiveInfinity"/> for a range without end.</param>
[Experimental("PD9001")]
public sealed record BucketRange(double From, double To);

/// <summary>A half-open range of positions and its variant.</summary>
/// <param name="From">The first position of the range.</param>
/// <param name="To">The first position after the range; <see cref="double.PositiveInfinity"/> for a range without end.</param>
/// <param name="Variant">The variant; null if its units pass on.</param>
[Experimental("PD9001")]
public sealed record BucketShare(double From, double To, string? Variant);
