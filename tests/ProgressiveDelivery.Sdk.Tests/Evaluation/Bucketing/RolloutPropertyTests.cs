using CsCheck;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Bucketing;

/// <summary>What ramps promise to people: nobody loses what they were given, and shares are what they say.</summary>
public sealed class RolloutPropertyTests
{
    private const int Units = 200_000;

    // Chi-square at p = 0.001. The units are fixed, so that a run either always passes or never does.
    private const double Critical1 = 10.828;
    private const double Critical6 = 22.458;
    private const double Critical99 = 148.230;

    private static readonly Gen<decimal> Percent = Gen.Int[0, 1_000_000].Select(threshold => threshold / 10_000m);

    private static readonly Gen<string> Text = Gen.String[Gen.Char, 1, 20];

    [Fact]
    public void GrowingAPercentageRemovesNobodyAndMovesNobody() =>
        Gen.Select(Percent, Percent, Text, Text, Gen.Int[1, 100].Array[3]).Sample((one, other, salt, unit, weights) =>
        {
            var split = Some.Split(("a", weights[0]), ("b", weights[1]), ("c", weights[2]));
            var before = Choose(Some.Rollout(Math.Min(one, other), split) with { Salt = salt }, unit);
            var after = Choose(Some.Rollout(Math.Max(one, other), split) with { Salt = salt }, unit);

            (before is null || before == after).Should().BeTrue();
        }, iter: 5_000, threads: 1);

    [Fact]
    public void LinearRampRemovesNobodyAsTimePasses() =>
        Gen.Select(Gen.Long[0, TimeSpan.TicksPerDay], Gen.Long[0, TimeSpan.TicksPerDay], Percent, Percent, Text).Sample((one, other, low, high, unit) =>
        {
            var ramp = new RolloutOutcome
            {
                To = "a",
                Steps = [new(Some.Monday, Math.Min(low, high)), new(Some.Monday.AddDays(1), Math.Max(low, high))],
                Curve = RolloutCurve.Linear,
            };
            var before = Choose(ramp, unit, Some.Monday.AddTicks(Math.Min(one, other)));
            var after = Choose(ramp, unit, Some.Monday.AddTicks(Math.Max(one, other)));

            (before is null || before == after).Should().BeTrue();
        }, iter: 5_000, threads: 1);

    [Theory]
    [InlineData("1402783", 0, "0", false)]
    [InlineData("1402783", 0, "0.0001", true)]
    [InlineData("948976", 1, "0.0001", false)]
    [InlineData("4420062", 999_998, "99.9999", true)]
    [InlineData("574237", 999_999, "99.9999", false)]
    [InlineData("574237", 999_999, "100", true)]
    public void SharesAreExactAtTheirBounds(string unit, int position, string percent, bool admitted)
    {
        new Salt("salt").Position(unit).Should().Be(position);

        var variant = Choose(Some.Rollout(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture), "a") with { Salt = "salt" }, unit);

        (variant is not null).Should().Be(admitted);
    }

    [Fact]
    public void ScalingReachesEveryPositionAndNoOther()
    {
        Salt.Scale(0).Should().Be(0);
        Salt.Scale(ulong.MaxValue).Should().Be(999_999);
        Gen.ULong.Sample(hash => Salt.Scale(hash) == (int)((UInt128)hash * 1_000_000 >> 64), iter: 10_000, threads: 1);
    }

    [Fact]
    public void UnitsAreSpreadEvenly()
    {
        var salt = new Salt("new-checkout");
        var counts = new int[100];
        for (var i = 0; i < Units; i++)
            counts[salt.Position($"user-{i}") / 10_000]++;

        ChiSquare(counts, Enumerable.Repeat(Units / 100.0, 100)).Should().BeLessThan(Critical99);
    }

    [Fact]
    public void WeightsGetTheirShares()
    {
        var flags = (Some.Text("flag", "a", "b", "c", "d", "e", "f", "g") with { Default = Some.Split(("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 10), ("f", 30), ("g", 50)) }).Open();
        var counts = new int[7];
        for (var i = 0; i < Units; i++)
            counts[flags.GetString("flag", new($"user-{i}"), "")[0] - 'a']++;

        ChiSquare(counts, new[] { 1, 2, 3, 4, 10, 30, 50 }.Select(weight => weight * Units / 100.0)).Should().BeLessThan(Critical6);
    }

    [Fact]
    public void AdmissionAndChoiceAreIndependent()
    {
        var split = Some.Split(("a", 1), ("b", 1));
        var flags = Some.Snapshot(
            Some.Text("choice", "a", "b") with { Default = split with { Salt = "salt" } },
            Some.Text("both", "a", "b") with { Default = Some.Rollout(10, split) with { Salt = "salt" } }).Open();
        var counts = new int[4];
        for (var i = 0; i < Units; i++)
        {
            var user = new EvaluationContext($"user-{i}");
            var choice = flags.GetString("choice", user, null);
            var both = flags.GetString("both", user, null);

            if (both is not null && both != choice)
                throw new InvalidOperationException($"{user.TargetingKey} gets {both} inside a rollout and {choice} without.");
            counts[(both is null ? 0 : 2) + (choice == "a" ? 0 : 1)]++;
        }

        Contingency(counts).Should().BeLessThan(Critical1);
    }

    [Fact]
    public void FlagsWithSaltsOfTheirOwnAreIndependent()
    {
        var one = new Salt("flag-1");
        var other = new Salt("flag-2");
        var counts = new int[4];
        for (var i = 0; i < Units; i++)
        {
            var unit = $"{i}";
            counts[(one.Position(unit) < 100_000 ? 2 : 0) + (other.Position(unit) < 100_000 ? 1 : 0)]++;
        }

        Contingency(counts).Should().BeLessThan(Critical1);
    }

    [Fact]
    public void DependenceIsFoundWhereThereIsOne()
    {
        var salt = new Salt("flag");
        var counts = new int[4];
        for (var i = 0; i < Units; i++)
            counts[(salt.Position($"user-{i}") < 100_000 ? 2 : 0) + (salt.Position($"user-{i}") < 500_000 ? 1 : 0)]++;

        Contingency(counts).Should().BeGreaterThan(Critical1);
    }

    [Fact]
    public void LongUnitsFallAsTheirBytesSay() => Gen.Select(Text, Gen.Int[0, 400]).Sample((text, length) =>
    {
        var unit = string.Concat(Enumerable.Repeat(text, 1 + (length / text.Length)));
        var bytes = System.Text.Encoding.UTF8.GetBytes("salt\u001F" + unit);

        return new Salt("salt").Position(unit) == Salt.Scale(System.IO.Hashing.XxHash3.HashToUInt64(bytes));
    }, iter: 3_000, threads: 1);

    private static string? Choose(RolloutOutcome rollout, string unit, DateTimeOffset? now = null)
    {
        var flag = Some.Text("flag", "a", "b", "c") with { Default = rollout };
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now ?? Some.Monday);
        return Some.Snapshot(flag).Open(Some.Services(clock)).EvaluateString("flag", new(unit), null).Variant;
    }

    private static double ChiSquare(int[] observed, IEnumerable<double> expected) =>
        observed.Zip(expected, (count, mean) => (count - mean) * (count - mean) / mean).Sum();

    private static double Contingency(int[] counts)
    {
        double total = counts.Sum();
        double row = counts[2] + counts[3], column = counts[1] + counts[3];
        return ChiSquare(counts, [(total - row) * (total - column) / total, (total - row) * column / total, row * (total - column) / total, row * column / total]);
    }
}
