using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Bucketing;

/// <summary>Positions that others have published, and the same arithmetic written out at length.</summary>
public sealed class UnitBucketingTests
{
    [Theory]
    [InlineData("AB12A:", "122", 0u, 100, 22)]
    [InlineData("AB12A:", "155", 0u, 100, 99)]
    [InlineData("Feature.Variants.C:", "232", 86028157u, 99, 17)]
    [InlineData("Feature.Variants.C:", "607", 86028157u, 99, 57)]
    public void Murmur3ModuloPlacesAsPublished(string prefix, string unit, uint seed, int buckets, int position) =>
        Position(new(BucketAlgorithm.Murmur3Modulo, buckets, []) { Prefix = prefix, Seed = seed }, unit).Should().Be(position);

    [Theory]
    [InlineData("euser1", 0xdbc2257au)]
    [InlineData("", 0u)]
    [InlineData("fractional-flagjack", 0x9fe843e0u)]
    public void Murmur3HashesAsPublished(string text, uint hash) => Murmur3.Hash(Encoding.UTF8.GetBytes(text), seed: 0).Should().Be(hash);

    [Fact]
    public void Murmur3ScaledTakesTheUpperHalf() =>
        Position(new(BucketAlgorithm.Murmur3Scaled, 100, []) { Suffix = "jack" }, "fractional-flag").Should().Be(62);

    [Theory]
    [InlineData("userKeyA", 0.42157587f)]
    [InlineData("userKeyB", 0.6708485f)]
    [InlineData("userKeyC", 0.10343106f)]
    public void Sha1FractionIsInSinglePrecision(string unit, float fraction) =>
        Position(new(BucketAlgorithm.Sha1Fraction, 0, []) { Prefix = "hashKey.saltyA." }, unit).Should().Be(fraction);

    [Theory]
    [InlineData("Adam\n", 25.268)]
    [InlineData("Britney\n", 69.033)]
    public void Sha256PercentIsAsPublished(string user, double percent) =>
        Position(new(BucketAlgorithm.Sha256Percent, 0, []) { Suffix = "allocation\nAllocationAssignedVariant" }, user).Should().BeApproximately(percent, 0.0005);

    [Theory]
    [InlineData("a", 0xe40c292cu)]
    [InlineData("foobar", 0xbf9cf968u)]
    [InlineData("", 0x811c9dc5u)]
    public void Fnv1aHashesAsPublished(string text, uint hash) => Fnv1a.Append(Fnv1a.Start, text).Should().Be(hash);

    [Fact]
    public void Fnv1aFractionsAreOverTheNumberOfBuckets()
    {
        var once = Fnv1a.Append(Fnv1a.Start, "unitsalt");
        var twice = Fnv1a.Append(Fnv1a.Start, once.ToString(CultureInfo.InvariantCulture));

        Position(new(BucketAlgorithm.Fnv1aFraction, 1_000, []) { Suffix = "salt" }, "unit").Should().Be(once % 1_000 / 1_000.0);
        Position(new(BucketAlgorithm.Fnv1aTwiceFraction, 10_000, []) { Suffix = "salt" }, "unit").Should().Be(twice % 10_000 / 10_000.0);
    }

    [Fact]
    public void DigestsAreReadFromTheirFirstBits()
    {
        var text = "flagüser"u8;
#pragma warning disable CA5350, CA5351 // The same hash, at length.
        var sha1 = ulong.Parse(Convert.ToHexString(SHA1.HashData(text))[..7], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var md5 = ulong.Parse(Convert.ToHexString(MD5.HashData(text))[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
#pragma warning restore CA5350, CA5351

        Position(new(BucketAlgorithm.Sha1Modulo, 100, []) { Prefix = "flag" }, "üser").Should().Be(sha1 % 100);
        Position(new(BucketAlgorithm.Md5Modulo, 10_000, []) { Prefix = "flag" }, "üser").Should().Be(md5 % 10_000);
    }

    [Theory]
    [InlineData(BucketAlgorithm.Murmur3Modulo)]
    [InlineData(BucketAlgorithm.Fnv1aFraction)]
    [InlineData(BucketAlgorithm.Sha1Fraction)]
    [InlineData(BucketAlgorithm.Md5Modulo)]
    [InlineData(BucketAlgorithm.Sha256Percent)]
    public void LongUnitsAreHashedWhole(BucketAlgorithm algorithm)
    {
        var head = new string('ü', 5_000);
        var bucketing = new BucketingTerms(algorithm, 1_000_000, []);

        Position(bucketing, head + "a").Should().NotBe(Position(bucketing, head + "b"));
        Position(bucketing with { Prefix = head }, "a").Should().Be(Position(bucketing, head + "a"));
    }

    [Theory]
    [InlineData(UnitReading.Plain, 1.5, "1.5")]
    [InlineData(UnitReading.Plain, 1e21, "1000000000000000000000")]
    [InlineData(UnitReading.TextsAndWholeNumbers, 3.0, "3")]
    [InlineData(UnitReading.TextsAndWholeNumbers, 1.5, null)]
    [InlineData(UnitReading.EcmaScript, 1e21, "1e+21")]
    [InlineData(UnitReading.EcmaScript, 1.5, "1.5")]
    public void UnitsAreReadAsTheDefinitionSays(UnitReading units, double value, string? text) =>
        Decides(Bucketing(BucketAlgorithm.Murmur3Modulo) with { Units = units }, new EvaluationContext { ["unit"] = value })
            .Should().Be(text is null ? null : Decides(Bucketing(BucketAlgorithm.Murmur3Modulo), new EvaluationContext { ["unit"] = text }));

    [Fact]
    public void EmptyTextIsAUnitOnlyWhereTheDefinitionSaysSo()
    {
        var empty = new EvaluationContext { ["unit"] = "" };

        Decides(Bucketing(BucketAlgorithm.Md5Modulo), empty).Should().BeNull();
        Decides(Bucketing(BucketAlgorithm.Md5Modulo) with { AcceptsEmpty = true }, empty).Should().NotBeNull();
    }

    [Fact]
    public void MissingUnitIsWhatTheDefinitionSays()
    {
        var bucketing = Bucketing(BucketAlgorithm.Md5Modulo);

        Decides(bucketing, EvaluationContext.Empty).Should().BeNull();
        Decides(bucketing with { Missing = MissingUnit.Zero }, EvaluationContext.Empty).Should().Be(0);
        Decides(bucketing with { Missing = MissingUnit.Empty }, EvaluationContext.Empty)
            .Should().Be(Decides(bucketing with { AcceptsEmpty = true }, new EvaluationContext { ["unit"] = "" }));
        Enumerable.Range(0, 200).Select(_ => Decides(bucketing with { Missing = MissingUnit.Random }, EvaluationContext.Empty)).Distinct().Should().HaveCountGreaterThan(1);
        Serving(bucketing with { Missing = MissingUnit.Abort }).Open().EvaluateString("flag", EvaluationContext.Empty, null)
            .Should().Match<Evaluation<string?>>(answer => answer.Reason == EvaluationReason.TargetingKeyMissing && answer.Error != null);
    }

    [Fact]
    public void FirstReferenceThatYieldsAUnitCounts()
    {
        var bucketing = Bucketing(BucketAlgorithm.Md5Modulo) with { By = ["first", "unit"] };

        Decides(bucketing, new EvaluationContext { ["unit"] = "u" }).Should().Be(Decides(Bucketing(BucketAlgorithm.Md5Modulo), new EvaluationContext { ["unit"] = "u" }));
        Decides(bucketing, new EvaluationContext { ["unit"] = "u", ["first"] = "f" }).Should().Be(Decides(Bucketing(BucketAlgorithm.Md5Modulo), new EvaluationContext { ["unit"] = "f" }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4294967296)]
    public void NumberOfBucketsThatCannotBeQuarantinesTheFlag(long buckets) =>
        Serving(Bucketing(BucketAlgorithm.Md5Modulo) with { Buckets = buckets }).Open().EvaluateString("flag", new EvaluationContext("u"), null)
            .Reason.Should().Be(EvaluationReason.Error);

    private static double Position(BucketingTerms terms, string unit) => new UnitBucketing(terms).Position(unit);

    private static BucketingDefinition Bucketing(BucketAlgorithm algorithm) => new() { Algorithm = algorithm, Buckets = 4, By = ["unit"] };

    // A flag that tells the position.
    private static FlagDefinition Serving(BucketingDefinition bucketing) =>
        Some.Text("flag", "none", "0", "1", "2", "3").When(null, new BucketOutcome
        {
            Bucketing = bucketing,
            Shares = [.. Enumerable.Range(0, 4).Select(position => new BucketShare(position, position + 1, position.ToString(CultureInfo.InvariantCulture)))],
        });

    private static int? Decides(BucketingDefinition bucketing, EvaluationContext context) =>
        Serving(bucketing).Open().GetString("flag", context, null) is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var position) ? position : null;
}
