using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests;

public sealed class FeatureFlagTests
{
    private static readonly EvaluationContext User = new("u");

    [Fact]
    public void DeclarationOfATypeThatNoFlagCanHaveHarmsNoOther()
    {
        var flags = Some.Text("good", "words").Open();

        flags.Get(Declarations.Good, User).Should().Be("words");
        Declarations.Bad.Key.Should().Be("good");
    }

    [Fact]
    public void AskingByADeclarationThatCannotBeReadThrowsEachTimeAndSaysWhy()
    {
        var flags = Some.Text("good", "words").Open();
        var stack = new StackContext("u");
        foreach (IFeatureEvaluator features in new IFeatureEvaluator[] { flags, new Foreign(flags), Some.Snapshot().Open(), FeatureSnapshot.NotReady(Some.Services()) })
        {
            ShouldThrow(() => features.Get(Declarations.Bad, User), nameof(DateTime));
            ShouldThrow(() => features.Evaluate(Declarations.Bad, User), nameof(DateTime));
            ShouldThrow(() => features.Get(Declarations.Worse, User), nameof(Theme));
            ShouldThrow(() => features.Get(Declarations.Maybe, User), nameof(Nullable));
        }

        Refusal(flags, Declarations.Bad, in stack).Should().BeOfType<ArgumentException>();

        static void ShouldThrow<T>(Func<T> ask, string type) =>
            ask.Should().Throw<ArgumentException>().WithMessage($"Flag 'good' is declared as *{type}*, which no flag can have. Declare it as *JsonTypeInfo*");
    }

    [Fact]
    public void DeclarationWithoutKeyOrMetadataIsRefused()
    {
        FluentActions.Invoking(() => new FeatureFlag<bool>("", false)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new FeatureFlag<Theme>("a", new("", 0), null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void HandleFindsItsFlagInEverySnapshot()
    {
        var handle = new FeatureFlag<string>("wanted", "fallback");
        var first = Some.Snapshot(Some.Text("other", "o"), Some.Text("wanted", "first")).Open();
        var second = Some.Snapshot(Some.Text("wanted", "second"), Some.Text("other", "o")).Open();
        var without = Some.Snapshot(Some.Text("other", "o"), Some.Text("another", "a")).Open();
        var empty = Some.Snapshot().Open();

        for (var i = 0; i < 3; i++)
        {
            first.Get(handle, User).Should().Be("first");
            second.Get(handle, User).Should().Be("second");
            without.Get(handle, User).Should().Be("fallback");
            empty.Get(handle, User).Should().Be("fallback");
        }
    }

    [Fact]
    public void EveryTypeIsAnsweredByValueAndByEvaluation()
    {
        var flags = Some.Snapshot(
            Some.Flag("boolean") with { Default = "on" }, Some.Text("string", "words"), Some.Of("integer", FlagType.Integer, 7),
            Some.Of("number", FlagType.Number, 7.5), Some.Of("json", FlagType.Json, VariantValue.Json("""{ "name": "dark", "depth": 3 }"""))).Open();

        ShouldAnswer(flags, new FeatureFlag<bool>("boolean", false), true);
        ShouldAnswer(flags, new FeatureFlag<string>("string", ""), "words");
        ShouldAnswer(flags, new FeatureFlag<int>("integer", 0), 7);
        ShouldAnswer(flags, new FeatureFlag<long>("integer", 0), 7);
        ShouldAnswer(flags, new FeatureFlag<double>("integer", 0), 7);
        ShouldAnswer(flags, new FeatureFlag<double>("number", 0), 7.5);
        ShouldAnswer(flags, new FeatureFlag<Theme>("json", new("", 0), TestJson.Default.Theme), new("dark", 3));
        ShouldAnswer(new Foreign(flags), new FeatureFlag<bool>("boolean", false), true);
        ShouldAnswer(new Foreign(flags), new FeatureFlag<string>("string", ""), "words");
        ShouldAnswer(new Foreign(flags), new FeatureFlag<int>("integer", 0), 7);
        ShouldAnswer(new Foreign(flags), new FeatureFlag<long>("integer", 0), 7);
        ShouldAnswer(new Foreign(flags), new FeatureFlag<double>("integer", 0), 7);
        ShouldAnswer(new Foreign(flags), new FeatureFlag<double>("number", 0), 7.5);
        ShouldAnswer(new Foreign(flags), new FeatureFlag<Theme>("json", new("", 0), TestJson.Default.Theme), new("dark", 3));
    }

    [Theory]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(int.MinValue - 1L)]
    public void IntegerBeyondAnIntAnswersTheFallback(long value)
    {
        var flags = Some.Of("integer", FlagType.Integer, value).Open();
        var handle = new FeatureFlag<int>("integer", 5);

        flags.Get(handle, User).Should().Be(5);
        foreach (IFeatureEvaluator features in new IFeatureEvaluator[] { flags, new Foreign(flags) })
        {
            var evaluation = features.Evaluate(handle, User);

            evaluation.Value.Should().Be(5);
            evaluation.Reason.Should().Be(EvaluationReason.TypeMismatch);
            evaluation.Variant.Should().BeNull();
        }

        flags.Get(new FeatureFlag<long>("integer", 5), User).Should().Be(value);
    }

    [Fact]
    public void AnotherTypeAnswersTheFallback()
    {
        var flags = Some.Text("string", "words").Open();

        flags.Evaluate(new FeatureFlag<bool>("string", true), User).Should().Match<Evaluation<bool>>(answer => answer.Value && answer.Reason == EvaluationReason.TypeMismatch);
        flags.Evaluate(new FeatureFlag<int>("string", 1), User).Reason.Should().Be(EvaluationReason.TypeMismatch);
        flags.Evaluate(new FeatureFlag<long>("string", 1), User).Reason.Should().Be(EvaluationReason.TypeMismatch);
        flags.Evaluate(new FeatureFlag<double>("string", 1), User).Reason.Should().Be(EvaluationReason.TypeMismatch);
        flags.Evaluate(new FeatureFlag<Theme>("string", new("", 0), TestJson.Default.Theme), User).Reason.Should().Be(EvaluationReason.TypeMismatch);
    }

    private static void ShouldAnswer<T>(IFeatureEvaluator features, FeatureFlag<T> flag, T expected)
    {
        var stack = new StackContext("u");

        features.Get(flag, User).Should().Be(expected);
        features.Get(flag, in stack).Should().Be(expected);
        features.Evaluate(flag, User).Value.Should().Be(expected);
        features.Evaluate(flag, in stack).Should().Match<Evaluation<T>>(answer => answer.Variant != null && answer.Reason == EvaluationReason.Default);
    }

    // A context on the stack cannot be captured.
    private static ArgumentException? Refusal<T>(IFeatureEvaluator features, FeatureFlag<T> flag, in StackContext context)
    {
        try
        {
            features.Get(flag, in context);
            return null;
        }
        catch (ArgumentException refusal)
        {
            return refusal;
        }
    }

    private static class Declarations
    {
        public static readonly FeatureFlag<DateTime> Bad = new("good", default);
        public static readonly FeatureFlag<Theme> Worse = new("good", new("", 0));
        public static readonly FeatureFlag<bool?> Maybe = new("good", null);
        public static readonly FeatureFlag<string> Good = new("good", "fallback");
    }

    /// <summary>An evaluator that is not ours, as a fake of the user's is.</summary>
    private sealed class Foreign(IFeatureEvaluator inner) : IFeatureEvaluator
    {
        public bool IsEnabled(string key, EvaluationContext context, bool fallback = false) => inner.IsEnabled(key, context, fallback);

        public string? GetString(string key, EvaluationContext context, string? fallback) => inner.GetString(key, context, fallback)!;

        public long GetInteger(string key, EvaluationContext context, long fallback) => inner.GetInteger(key, context, fallback);

        public double GetNumber(string key, EvaluationContext context, double fallback) => inner.GetNumber(key, context, fallback);

        public T GetJson<T>(string key, EvaluationContext context, T fallback, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => inner.GetJson(key, context, fallback, type);

        public Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false) => inner.EvaluateBoolean(key, context, fallback);

        public Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback) => inner.EvaluateString(key, context, fallback);

        public Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback) => inner.EvaluateInteger(key, context, fallback);

        public Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback) => inner.EvaluateNumber(key, context, fallback);

        public Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => inner.EvaluateJson(key, context, fallback, type);

        public Evaluation<System.Text.Json.JsonElement> EvaluateUntyped(string key, EvaluationContext context, System.Text.Json.JsonElement fallback = default) => inner.EvaluateUntyped(key, context, fallback);

        public Explanation Explain(string key, EvaluationContext context) => inner.Explain(key, context);

        public FrontEndFlags GetFrontEndFlags(EvaluationContext context) => inner.GetFrontEndFlags(context);
    }
}
