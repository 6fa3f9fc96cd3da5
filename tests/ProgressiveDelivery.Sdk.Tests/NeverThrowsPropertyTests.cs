using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Json;

namespace ProgressiveDelivery.Sdk.Tests;

/// <summary>Whatever the definitions, the document and the context: an answer, and never an exception.</summary>
public sealed class NeverThrowsPropertyTests
{
    // Few names, so that definitions refer to one another and to what is not there.
    private static readonly string[] Names = ["a", "b", "c", "", "é😀", "\uD800", "a'b\\\n\0"];

    private static readonly string[] References = ["a", "/a/b", "/a/0", "targetingKey", "kind:a", "kind:targetingKey", ":", "/~", "", "/", new('x', 300)];

    private static readonly string[] Texts =
    [
        "a", "", "A", "1.2.3", ">=1.2.3 <2.0.0", "10.0.0.0/8", "::1", "10.1.2.3", "2026-01-01T00:00:00Z", "^a+$", "(", "(?<n>a)*", "\uD800", "\0", "Europe/Amsterdam", new('x', 2_000), "9223372036854775808",
    ];

    private static readonly double[] Doubles = [0, -0.0, 1, 0.1, -1.5, 1e300, -1e300, 5e-324, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 9223372036854775808.0];

    private static readonly decimal[] Decimals = [0, 50, 100, 0.0001m, 99.9999m, -1, 101, 0.00001m, decimal.MaxValue, decimal.MinValue, 1e-28m, 33.3333m];

    private static readonly long[] Longs = [0, 1, -1, long.MaxValue, long.MinValue, 1L << 53, (1L << 53) + 1];

    private static readonly DateTimeOffset[] Instants = [DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Some.Monday, Some.Monday.ToOffset(TimeSpan.FromHours(14)), Some.Monday.AddDays(1)];

    [Fact]
    public void NoDefinitionThrows() =>
        Gen.Int.Sample(seed => Exercise(new Author(seed).Snapshot(), seed), iter: 3_000, threads: 1);

    [Fact]
    public void NoDefinitionThatIsWrittenAndReadThrows() => SomeDefinitions.Snapshot.Sample(snapshot => Exercise(snapshot, 1), iter: 500, threads: 1);

    [Fact]
    public void NoDocumentThrows() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var document = Encoding.UTF8.GetBytes(Documents.Complete);
        for (var i = random.Next(4); i >= 0; i--)
            document = Mutate(random, document);
        if (SnapshotJson.Read(document).Definition is { } definition)
            Exercise(definition, seed);
    }, iter: 4_000, threads: 1);

    [Fact]
    public void ManyDefinitionsAreSoundEnoughToBeEvaluated()
    {
        var flags = Enumerable.Range(0, 300).SelectMany(seed => new Author(seed).Snapshot().Compile().Rules.Flags).ToArray();

        flags.Count(flag => !flag.IsQuarantined).Should().BeGreaterThan(flags.Length / 4);
    }

    private static void Exercise(SnapshotDefinition definition, int seed)
    {
        var flags = definition.Open(Some.Services(new FakeTimeProvider(Some.Monday)));
        var author = new Author(seed);
        for (var i = 0; i < 3; i++)
        {
            var context = author.Context();
            foreach (var flag in definition.Flags)
                Exercise(flags, flag.Key, context);
            Exercise(flags, "no-such-flag", context);
            _ = flags.GetFrontEndFlags(context).ToJson();
            _ = context.ToString();
        }
    }

    private static void Exercise(FeatureSnapshot flags, string key, EvaluationContext context)
    {
        var boolean = flags.EvaluateBoolean(key, context);
        _ = (boolean.Rule, boolean.Error, boolean.ToString());
        _ = flags.EvaluateString(key, context, null).Error;
        _ = flags.EvaluateInteger(key, context, 0).Error;
        _ = flags.EvaluateNumber(key, context, 0).Error;
        _ = flags.EvaluateJson(key, context, null, TestJson.Default.Theme!).Error;
        var stack = new StackContext(context.TargetingKey);
        foreach (var attribute in context.Attributes)
            stack.Set(attribute.Name, attribute.Value);
        _ = flags.IsEnabled(key, in stack, false);
        _ = flags.Explain(key, context).ToString();
    }

    private static byte[] Mutate(Random random, byte[] document)
    {
        var start = random.Next(document.Length);
        var end = Math.Min(document.Length, start + random.Next(1, 40));
        return random.Next(4) switch
        {
            0 => [.. document.AsSpan(0, start), .. document.AsSpan(end)],
            1 => [.. document.AsSpan(0, end), .. document.AsSpan(start)],
            2 => Replace(document, "0123456789"u8.ToArray(), [(byte)"0123456789-e."[random.Next(13)]], start),
            _ => [.. document.AsSpan(0, start), .. Encoding.UTF8.GetBytes(Texts[random.Next(6)]), .. document.AsSpan(start)],
        };
    }

    // Documents stay well-formed when digits are exchanged, so that these come through to the evaluation.
    private static byte[] Replace(byte[] document, byte[] wanted, byte[] replacement, int start)
    {
        var index = document.AsSpan(start).IndexOfAny(wanted);
        return index < 0 ? document : [.. document.AsSpan(0, start + index), .. replacement, .. document.AsSpan(start + index + 1)];
    }

    /// <summary>Writes definitions as no reader would: every form, sound and unsound, of every member.</summary>
    private sealed class Author(int seed)
    {
        private readonly Random _random = new(seed);

        public SnapshotDefinition Snapshot() => new()
        {
            Version = One(Longs),
            Flags = Several(5, Flag),
            Segments = [Some.Segment("a", Some.Equal("a", 1)), Some.Segment("b"), Some.Segment("c"), .. Several(2, () => new SegmentDefinition { Name = Name(), Include = Several(2, () => One(Texts)), Exclude = Several(2, () => One(Texts)), When = Perhaps(() => Condition(3)), By = By() })],
            Layers = [.. "abc".Select(name => new LayerDefinition { Name = $"{name}", By = By(), Salt = Perhaps(() => One(Texts)) })],
            Holdouts = [.. "abc".Select(name => new HoldoutDefinition { Name = $"{name}", Percent = Percent(), By = By() })],
        };

        public EvaluationContext Context()
        {
            var context = new EvaluationContext(Perhaps(() => One(Texts)), Several(20, () => KeyValuePair.Create(One(References), Value(3))));
            return _random.Next(2) == 0 ? context : context.WithKind("kind", new(Perhaps(() => One(Texts)), [new("a", Value(2))])).WithPrivate("a");
        }

        private FlagDefinition Flag()
        {
            var type = (FlagType)_random.Next(5);
            return new()
            {
                Key = Name(),
                Type = type,
                Variants = [new() { Name = "a", Value = Variant(type) }, new() { Name = "b", Value = Variant(type) }, .. Several(2, () => new VariantDefinition { Name = Name(), Value = Rarely(() => default, () => Variant(type)) })],
                Enabled = _random.Next(8) > 0,
                OffVariant = Perhaps(VariantName),
                Requires = Several(2, () => new PrerequisiteDefinition { Flag = Name(), Variants = Several(2, Name) }),
                Rules = Several(4, () => new RuleDefinition { Id = Perhaps(Name), When = Perhaps(() => Condition(3)), Serve = Serve() }),
                Default = Perhaps(Serve),
                ClientVisible = _random.Next(2) == 0,
            };
        }

        private VariantValue Variant(FlagType type) => type switch
        {
            FlagType.Boolean => _random.Next(2) == 0,
            FlagType.String => One(Texts),
            FlagType.Integer => One(Longs),
            FlagType.Number => Rarely(() => One(Doubles), () => 0.5),
            _ => VariantValue.Json(One(["1", "[]", "{ \"name\": 5 }", "{ \"name\": \"x\", \"depth\": 1 }", "\"\\ud800\""])),
        };

        private OutcomeDefinition Serve() => _random.Next(5) switch
        {
            0 => new SplitOutcome { Weights = Weights(), By = By(), Salt = Perhaps(() => One(Texts)) },
            1 => new RolloutOutcome { To = Rarely(Serve, () => VariantName()), Percent = Percent(), By = By(), Else = Perhaps(VariantName) },
            2 => new RolloutOutcome { To = new SplitOutcome { Weights = Weights() }, Steps = Several(3, () => new RolloutStep(One(Instants), Percent())), Curve = (RolloutCurve)_random.Next(2) },
            3 => new ExperimentOutcome
            {
                Key = Name(),
                Split = Weights(),
                Layer = Perhaps(Name),
                Holdout = Perhaps(Name),
                Slots = Perhaps(() => new SlotRange(_random.Next(-1, 500_000), _random.Next(500_000, 1_000_002))),
                Else = Perhaps(VariantName),
                Sticky = Perhaps(() => new StickyDefinition { Version = _random.Next(3), MinimumVersion = _random.Next(2) }),
                By = By(),
            },
            _ => VariantName(),
        };

        private ConditionDefinition Condition(int depth) => _random.Next(depth > 0 ? 10 : 7) switch
        {
            0 => new SegmentCondition(Name()),
            1 => new FlagCondition { Flag = Name(), Variants = Several(2, Name) },
            2 => new BetweenCondition { From = _random.Next(3) == 0 ? null : One(Instants), To = _random.Next(3) == 0 ? null : One(Instants) },
            3 => new ScheduleCondition { Days = Perhaps(() => Several(3, () => (DayOfWeek)_random.Next(7))), From = _random.Next(2) == 0 ? null : new TimeOnly(_random.Next(24), 0), TimeZone = Perhaps(() => "Europe/Amsterdam") },
            4 => new UnknownOperatorCondition { Attribute = One(References), Operator = One(Texts) },
            5 or 6 => Test((AttributeOperator)_random.Next(17)),
            7 => new AllCondition(Several(3, () => Condition(depth - 1))),
            8 => new AnyCondition(Several(3, () => Condition(depth - 1))),
            _ => new NotCondition(Condition(depth - 1)),
        };

        private AttributeCondition Test(AttributeOperator test) =>
            new() { Attribute = Rarely(() => One(References), () => "a"), Operator = test, Operand = Rarely(() => Value(2), () => Operand(test)), IgnoreCase = _random.Next(2) == 0 };

        private AttributeValue Operand(AttributeOperator test) => test switch
        {
            AttributeOperator.Equals => One(Longs),
            AttributeOperator.LessThan or AttributeOperator.AtMost or AttributeOperator.GreaterThan or AttributeOperator.AtLeast => 0.5,
            AttributeOperator.Matches => "^[a-z]+$",
            AttributeOperator.Before or AttributeOperator.After => One(Instants),
            AttributeOperator.SemVer => ">=1.2.3 <2.0.0",
            AttributeOperator.InNetwork => new[] { "10.0.0.0/8", "::/0" },
            AttributeOperator.Exists => true,
            _ => new[] { "a", "b", "1.2.3" },
        };

        private AttributeValue Value(int depth) => _random.Next(depth > 0 ? 9 : 6) switch
        {
            0 => default,
            1 => One(Texts),
            2 => _random.Next(2) == 0,
            3 => One(Longs),
            4 => One(Doubles),
            5 => One(Instants),
            6 => AttributeValue.Object(Several(3, () => KeyValuePair.Create(One(["b", "0", ""]), Value(depth - 1)))),
            _ => AttributeValue.List([.. Several(4, () => Value(depth - 1))]),
        };

        private IReadOnlyList<WeightedVariant> Weights() => [new(VariantName(), 1), .. Several(2, () => new WeightedVariant(VariantName(), Rarely(() => One(Decimals), () => 2)))];

        private decimal Percent() => Rarely(() => One(Decimals), () => 40);

        private string Name() => Names[_random.Next(Rarely(() => Names.Length, () => 3))];

        private string VariantName() => Rarely(Name, () => _random.Next(2) == 0 ? "a" : "b");

        private IReadOnlyList<string>? By() => _random.Next(3) > 0 ? null : Rarely<IReadOnlyList<string>>(() => Several(2, () => One(References)), () => ["/a/b", "a"]);

        private T Rarely<T>(Func<T> rare, Func<T> usual) => _random.Next(12) == 0 ? rare() : usual();

        private T? Perhaps<T>(Func<T> make)
            where T : class => _random.Next(3) == 0 ? null : make();

        private T[] Several<T>(int most, Func<T> make) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make())];

        private T One<T>(T[] choices) => choices[_random.Next(choices.Length)];
    }
}
