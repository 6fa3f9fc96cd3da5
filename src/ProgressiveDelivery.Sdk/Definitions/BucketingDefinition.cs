namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// How a unit is given a position: which text is hashed, by which algorithm, and to what scale. <c>Prefix + unit + Suffix</c> is
/// hashed, without separators of its own.
/// </summary>
public sealed record BucketingDefinition
{
    /// <summary>The hash, and how its bits become a position.</summary>
    public required BucketAlgorithm Algorithm { get; init; }

    /// <summary>The number of positions; must be positive for the algorithms that take it.</summary>
    public long Buckets { get; init; }

    /// <summary>The seed of <see cref="BucketAlgorithm.Murmur3Modulo"/> and <see cref="BucketAlgorithm.Murmur3Scaled"/>; 0 by default.</summary>
    public uint Seed { get; init; }

    /// <summary>What is hashed before the unit; empty by default.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What is hashed after the unit; empty by default.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The references whose first unit is hashed; null: the targeting key. Empty: there never is a unit.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>What counts as a unit, and which text it has.</summary>
    public UnitReading Units { get; init; }

    /// <summary>Whether an empty text is a unit; otherwise it is as good as missing. Default false.</summary>
    public bool AcceptsEmpty { get; init; }

    /// <summary>What happens without a unit.</summary>
    public MissingUnit Missing { get; init; }
}

/// <summary>A hash, and how its bits become a position. Text is hashed as UTF-8, except where said.</summary>
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

/// <summary>What counts as a unit.</summary>
public enum UnitReading
{
    /// <summary>Texts, numbers and booleans, as in our own format.</summary>
    Plain = 0,

    /// <summary>Texts, and whole numbers without a fraction; anything else is missing.</summary>
    TextsAndWholeNumbers,

    /// <summary>Texts, and all that <see cref="TextReading.EcmaScriptAndJson"/> makes one of.</summary>
    EcmaScript,
}

/// <summary>What happens to a context without the unit that is to be placed.</summary>
public enum MissingUnit
{
    /// <summary>It has no position: a step passes on, a condition is unknown.</summary>
    PassOn = 0,

    /// <summary>The empty text is hashed.</summary>
    Empty,

    /// <summary>It has position 0.</summary>
    Zero,

    /// <summary>It has a random position, another one each time.</summary>
    Random,

    /// <summary>The flag ends with <see cref="EvaluationReason.TargetingKeyMissing"/>.</summary>
    Abort,
}

/// <summary>A half-open range of positions.</summary>
/// <param name="From">The first position in it.</param>
/// <param name="To">The first position after it; <see cref="double.PositiveInfinity"/>: none.</param>
public sealed record BucketRange(double From, double To);

/// <summary>A half-open range of positions and what it serves.</summary>
/// <param name="From">The first position in it.</param>
/// <param name="To">The first position after it; <see cref="double.PositiveInfinity"/>: none.</param>
/// <param name="Variant">The variant; null: units in it pass on.</param>
public sealed record BucketShare(double From, double To, string? Variant);
