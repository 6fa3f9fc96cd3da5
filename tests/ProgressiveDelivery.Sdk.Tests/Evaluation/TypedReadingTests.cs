using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

public sealed class TypedReadingTests
{
    private static readonly EvaluationContext User = new("u");

    private static readonly FeatureSnapshot Flags = Some.Snapshot(
        Some.Flag("Boolean") with { Default = "on" }, Some.Text("String", "words"), Some.Of("Integer", FlagType.Integer, (1L << 53) + 1),
        Some.Of("Number", FlagType.Number, 7.5), Some.Of("Json", FlagType.Json, VariantValue.Json("""{ "name": "dark", "depth": 3 }""")),
        Some.Text("nothing", "a") with { Default = null }).Open();

    [Fact]
    public void OnlyAnIntegerFlagAnswersAnotherTypeThanItsOwn()
    {
        foreach (var type in Enum.GetValues<FlagType>())
        {
            var key = type.ToString();

            Flags.EvaluateBoolean(key, User).Reason.Should().Be(Expected(type == FlagType.Boolean));
            Flags.EvaluateString(key, User, "").Reason.Should().Be(Expected(type == FlagType.String));
            Flags.EvaluateInteger(key, User, 0).Reason.Should().Be(Expected(type == FlagType.Integer));
            Flags.EvaluateNumber(key, User, 0).Reason.Should().Be(Expected(type is FlagType.Number or FlagType.Integer));
            Flags.EvaluateJson(key, User, null, TestJson.Default.Theme!).Reason.Should().Be(Expected(type == FlagType.Json));
        }

        static EvaluationReason Expected(bool fits) => fits ? EvaluationReason.Default : EvaluationReason.TypeMismatch;
    }

    [Fact]
    public void MismatchAnswersTheFallbackAndSaysWhatToDo()
    {
        var evaluation = Flags.EvaluateInteger("String", User, 5);

        evaluation.Value.Should().Be(5);
        evaluation.Variant.Should().BeNull();
        evaluation.Error.Should().Contain("'String'").And.Contain("Int64");
        Flags.GetInteger("String", User, 5).Should().Be(5);
        Flags.GetString("Integer", User, "fallback").Should().Be("fallback");
    }

    [Fact]
    public void TypeIsNotCheckedWhereNothingIsServed() =>
        Flags.EvaluateInteger("nothing", User, 5).Reason.Should().Be(EvaluationReason.Default);

    [Fact]
    public void IntegersAreExactAndNumbersAreTheirNearestDouble()
    {
        Flags.GetInteger("Integer", User, 0).Should().Be(9_007_199_254_740_993);
        Flags.GetNumber("Integer", User, 0).Should().Be(9_007_199_254_740_992);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void WholeRangeOfAnIntIsServed(int value) =>
        Some.Of("edge", FlagType.Integer, (long)value).Open().Get(new FeatureFlag<int>("edge", 0), User).Should().Be(value);

    [Fact]
    public void ObjectIsMadeOncePerSnapshotAndTypeAndShared()
    {
        var first = Flags.GetJson("Json", User, null, TestJson.Default.Theme!);

        first.Should().Be(new Theme("dark", 3));
        Flags.GetJson("Json", new("another"), null, TestJson.Default.Theme!).Should().BeSameAs(first);
        Flags.EvaluateJson("Json", User, null, TestJson.Default.Theme!).Value.Should().BeSameAs(first);
        Flags.Get(new FeatureFlag<Theme>("Json", new("", 0), TestJson.Default.Theme), User).Should().BeSameAs(first);
        Flags.GetJson("Json", User, null!, TestJson.Default.GuardedTheme).Name.Should().Be("dark");
    }

    [Theory]
    [InlineData("""{ "name": "dark", "depth": "deep" }""")]
    [InlineData("""[]""")]
    [InlineData("""5""")]
    public void JsonThatDoesNotFitAnswersTheFallback(string json)
    {
        var flags = Some.Of("json", FlagType.Json, VariantValue.Json(json)).Open();
        var fallback = new Theme("none", 0);

        var evaluation = flags.EvaluateJson("json", User, fallback, TestJson.Default.Theme);

        evaluation.Value.Should().BeSameAs(fallback);
        evaluation.Reason.Should().Be(EvaluationReason.TypeMismatch);
        evaluation.Error.Should().NotBeNull();
    }

    [Fact]
    public void TypeThatRefusesWhatItReadsAnswersTheFallback()
    {
        var flags = Some.Of("json", FlagType.Json, VariantValue.Json("""{ "name": "forbidden" }""")).Open();

        var evaluation = flags.EvaluateJson("json", User, new(), TestJson.Default.GuardedTheme);

        evaluation.Reason.Should().Be(EvaluationReason.TypeMismatch);
        evaluation.Value.Name.Should().BeEmpty();
    }

    [Fact]
    public void JsonCanBeAPlainValue() =>
        Some.Of("json", FlagType.Json, VariantValue.Json("5")).Open().GetJson("json", User, 0, TestJson.Default.Int32).Should().Be(5);

    [Fact]
    public async Task ManyFirstReadersAllGetTheObject()
    {
        for (var round = 0; round < 20; round++)
        {
            var flags = Some.Of("json", FlagType.Json, VariantValue.Json("""{ "name": "dark", "depth": 3 }""")).Open();
            using var start = new Barrier(4);

            var readers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return flags.GetJson("json", User, null, TestJson.Default.Theme!);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

            (await Task.WhenAll(readers)).Should().AllBeEquivalentTo(new Theme("dark", 3));
            flags.GetJson("json", User, null, TestJson.Default.Theme!).Should().BeSameAs(flags.GetJson("json", User, null, TestJson.Default.Theme!));
        }
    }

    [Fact]
    public void NumbersOfEitherFormAreOneNumber()
    {
        foreach (var value in new VariantValue[] { 1L, 1.0, 1e0 })
        {
            Some.Of("n", FlagType.Integer, value).Open().GetInteger("n", User, 0).Should().Be(1, value.ToString());
            Some.Of("n", FlagType.Number, value).Open().GetNumber("n", User, 0).Should().Be(1, value.ToString());
        }
    }

    [Fact]
    public void CallersMistakesThrow()
    {
        FluentActions.Invoking(() => Flags.IsEnabled(null!, User)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Flags.IsEnabled("Boolean", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Flags.GetJson<Theme>("Json", User, null!, null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Flags.Explain("Boolean", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Flags.GetFrontEndFlags(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Flags.Get((FeatureFlag<bool>)null!, User)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void ValuesAreDescribedTheSameEverywhere() =>
        Flags.Explain("Number", User).Value.Should().Be(7.5.ToString(CultureInfo.InvariantCulture));
}
