using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Allocations;

/// <summary>The budget: no evaluation allocates, whatever it does, its context included where that is on the stack.</summary>
public sealed class NoAllocationTests
{
    private static readonly EvaluationContext User = new("user-17")
    {
        ["country"] = "NL",
        ["age"] = 42,
        ["score"] = 0.75,
        ["beta"] = true,
        ["version"] = "4.2.0",
        ["preview"] = "4.2.0-rc.10+build.7",
        ["since"] = "2026-01-01T00:00:00+01:00",
        ["address"] = "10.1.2.3",
        ["address6"] = "2001:db8::7",
        ["tags"] = new[] { "a", "b" },
        ["home"] = AttributeValue.Object([new("country", "BE"), new("streets", AttributeValue.List("x", "y"))]),
        ["é"] = "Ünïcode",
        ["long"] = new string('a', 5_000) + "b",
    };

    private static readonly EvaluationContext LongKey = new(new string('k', 5_000));

    private static readonly EvaluationContext Multi = User.WithKind("organization", new("org-1") { ["plan"] = "gold" });

    private static readonly FeatureFlag<bool> Plain = new("plain", false);
    private static readonly FeatureFlag<bool> Rolled = new("rollout", false);
    private static readonly FeatureFlag<string> Words = new("text", "fallback");
    private static readonly FeatureFlag<int> Small = new("integer", 0);
    private static readonly FeatureFlag<long> Whole = new("integer", 0);
    private static readonly FeatureFlag<double> Real = new("number", 0);
    private static readonly FeatureFlag<Theme> Styled = new("json", new Theme("none", 0), TestJson.Default.Theme);

    // Shared by all snapshots, as in a client: the warning about an unknown flag is said once.
    private static readonly SnapshotServices Services = Remembering("sticky", new(1, "short"));

    private static readonly FeatureSnapshot Flags = Open();

    public static TheoryData<string> Workloads => [.. Calls.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Operators => [.. Tests.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Workloads))]
    public void NoWorkloadAllocates(string workload) => Allocated.By(() => Calls[workload](Flags)).Should().Be(0);

    [Theory]
    [MemberData(nameof(Workloads))]
    public void FirstCallAfterASwapAllocatesNothing(string workload)
    {
        if (workload.Contains("JSON", StringComparison.Ordinal))
            return;     // The first call of a snapshot makes the object.

        Allocated.ByFirst(Open, Calls[workload]).Should().Be(0);
    }

    [Fact]
    public void NoRolloutWithGatesBlackoutsAndAProbeAllocates()
    {
        var ramp = new RolloutOutcome
        {
            To = "on",
            Steps = [new(Some.Monday.AddDays(-2), 40), new(Some.Monday.AddDays(-1), 100) { Gate = new() { MinimumTime = TimeSpan.FromHours(1) } }],
            Blackouts = [new() { Days = [DayOfWeek.Friday], From = new(16, 0), TimeZone = "Europe/Amsterdam" }],
        };
        var probe = OverlayEntry.Of(new GuardTrip { Flag = "probed", Guard = "errors", Variant = "on", Response = GuardResponse.Revert, Served = "off", Evidence = "", Since = Some.Monday, ProbePercent = 50 });
        var snapshot = Some.Snapshot(Some.Flag("gated") with { Default = ramp }, Some.Flag("probed") with { Default = ramp });
        var flags = new FeatureSnapshot(SnapshotCompiler.Compile(snapshot, new(), LocalOverlay.None.With(probe)).Rules, SnapshotOrigin.Source, Services);

        Allocated.By(() => flags.IsEnabled("gated", User)).Should().Be(0);
        Allocated.By(() => flags.IsEnabled("probed", User)).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void NoOperatorAllocates(string name)
    {
        var flags = Some.Flag().When(Tests[name]).Open();
        flags.IsEnabled("flag", User).Should().BeTrue();

        Allocated.By(() => flags.IsEnabled("flag", User)).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void FirstCallOfAnOperatorAfterASwapAllocatesNothing(string name)
    {
        if (name.StartsWith("matches", StringComparison.Ordinal))
            return;     // An expression makes its automaton as it meets texts.

        Allocated.ByFirst(() => Some.Flag().When(Tests[name]).Open(), flags => flags.IsEnabled("flag", User)).Should().Be(0);
    }

    [Fact]
    public void EveryOperatorIsAmongThem() =>
        Tests.Values.OfType<AttributeCondition>().Select(test => test.Operator).Should().Contain(Enum.GetValues<AttributeOperator>());

    [Fact]
    public void NoAllocationIsMeasuredWhereThereIsOne() => Allocated.By(() => _ = new object()).Should().BePositive();

    private static readonly Dictionary<string, Action<FeatureSnapshot>> Calls = new()
    {
        ["plain, by key"] = flags => flags.IsEnabled("plain", User),
        ["plain, by handle"] = flags => flags.IsEnabled(Plain, User),
        ["attribute rule, by key"] = flags => flags.IsEnabled("rule", User),
        ["rollout, by key"] = flags => flags.IsEnabled("rollout", User),
        ["rollout, by handle"] = flags => flags.IsEnabled(Rolled, User),
        ["rollout of a long unit"] = flags => flags.IsEnabled("rollout", LongKey),
        ["rollout by a number"] = flags => flags.IsEnabled("by-number", User),
        ["ramp"] = flags => flags.IsEnabled("ramp", User),
        ["three rules and a split"] = flags => flags.GetString("three-rules", User, null),
        ["unknown flag, after its warning"] = flags => flags.IsEnabled("no-such-flag", User),
        ["unknown flag, evaluated"] = flags => flags.EvaluateBoolean("no-such-flag", User),
        ["quarantined flag"] = flags => flags.EvaluateBoolean("malformed", User),
        ["wrong type"] = flags => flags.EvaluateInteger("text", User, 0),
        ["no unit"] = flags => flags.IsEnabled("rollout", EvaluationContext.Empty),
        ["experiment in a layer with a holdout"] = flags => flags.GetString("experiment", User, null),
#if NET9_0_OR_GREATER
        // Before .NET 9 a concurrent dictionary cannot be asked with a span: 40 bytes for the unit's text.
        ["sticky, read"] = flags => flags.GetString("sticky", User, null),
#endif
        ["schedule"] = flags => flags.IsEnabled("schedule", User),
        ["between"] = flags => flags.IsEnabled("between", User),
        ["segment"] = flags => flags.IsEnabled("segment", User),
        ["prerequisites"] = flags => flags.IsEnabled("prerequisites", User),
        ["flag condition"] = flags => flags.IsEnabled("asks", User),
        ["deep chain of prerequisites"] = flags => flags.IsEnabled("deep-99", User),
        ["other kind"] = flags => flags.IsEnabled("kind", Multi),
        ["get string"] = flags => flags.GetString("text", User, null),
        ["get integer"] = flags => flags.GetInteger("integer", User, 0),
        ["get number"] = flags => flags.GetNumber("number", User, 0),
        ["get integer as number"] = flags => flags.GetNumber("integer", User, 0),
        ["get JSON"] = flags => flags.GetJson("json", User, null, TestJson.Default.Theme!),
        ["get string, by handle"] = flags => flags.Get(Words, User),
        ["get int, by handle"] = flags => flags.Get(Small, User),
        ["get long, by handle"] = flags => flags.Get(Whole, User),
        ["get double, by handle"] = flags => flags.Get(Real, User),
        ["get JSON, by handle"] = flags => flags.Get(Styled, User),
        ["evaluate boolean"] = flags => Read(flags.EvaluateBoolean("rollout", User)),
        ["evaluate string"] = flags => Read(flags.EvaluateString("three-rules", User, null)),
        ["evaluate integer"] = flags => Read(flags.EvaluateInteger("integer", User, 0)),
        ["evaluate number"] = flags => Read(flags.EvaluateNumber("number", User, 0)),
        ["evaluate JSON"] = flags => Read(flags.EvaluateJson("json", User, null, TestJson.Default.Theme!)),
        ["evaluate, by handle"] = flags => Read(flags.Evaluate(Small, User)),
        ["stack context, by key"] = flags =>
        {
            var context = new StackContext("user-17");
            context.Set("country", "NL");
            context.Set("age", 42);
            context.Set("score", 0.75);
            context.Set("beta", true);
            flags.IsEnabled("rule", in context);
        },
        ["stack context, by handle"] = flags =>
        {
            var context = new StackContext("user-17");
            context.Set("country", "NL");
            context.Set("plan", "gold");
            flags.IsEnabled(Rolled, in context);
        },
        ["stack context, evaluated"] = flags =>
        {
            var context = new StackContext("user-17");
            context.Set("country", "NL");
            Read(flags.Evaluate(Words, in context));
        },
        ["stack context of eight attributes"] = flags =>
        {
            var context = new StackContext("u");
            context.Set("a", 1);
            context.Set("b", 2);
            context.Set("c", 3);
            context.Set("d", 4);
            context.Set("e", 5);
            context.Set("f", 6);
            context.Set("g", 7);
            context.Set("country", "NL");
            flags.IsEnabled("rule", in context);
        },
        ["client flags"] = flags =>
        {
            foreach (var flag in flags.GetFrontEndFlags(User))
                _ = (flag.Key, flag.Type, flag.Variant, flag.Reason);
        },
    };

    private static readonly Dictionary<string, ConditionDefinition> Tests = new()
    {
        ["equals"] = Some.Equal("country", "NL"),
        ["equals, a number"] = Some.Equal("age", 42.0),
        ["equals, case ignored"] = Some.That("country", AttributeOperator.Equals, "nl", ignoreCase: true),
        ["in"] = Some.That("country", AttributeOperator.In, new[] { "BE", "NL" }),
        ["in many"] = Some.That("country", AttributeOperator.In, new[] { "A", "B", "C", "D", "E", "F", "NL" }),
        ["in many, case ignored"] = Some.That("country", AttributeOperator.In, new[] { "A", "B", "C", "D", "E", "F", "nl" }, ignoreCase: true),
        ["startsWith"] = Some.That("country", AttributeOperator.StartsWith, new[] { "X", "N" }),
        ["endsWith"] = Some.That("country", AttributeOperator.EndsWith, new[] { "L" }),
        ["contains"] = Some.That("country", AttributeOperator.Contains, new[] { "nl" }, ignoreCase: true),
        ["matches"] = Some.That("country", AttributeOperator.Matches, "^[A-Z]{2}$"),
        ["matches, a text"] = Some.That("country", AttributeOperator.Matches, "^(NL|BE)$"),
        ["matches, a frame"] = Some.That("targetingKey", AttributeOperator.Matches, @"^[^@]+-\d?17$"),
        ["matches, many states"] = Some.That("version", AttributeOperator.Matches, @"^(\d{1,40}\.){2}(\d|x)+$"),
        ["matches, places"] = Some.That("since", AttributeOperator.Matches, @"\b\d+T\d+\b|^(x|y)+$"),
        ["matches, not ASCII"] = Some.That("é", AttributeOperator.Matches, "^[^à]+(ï|x)co+d\\w$"),
        ["matches, looking around"] = Ecma("targetingKey", "^(?=.*17)(?!admin)user-(?<=-)(1|7)+$"),
        ["matches, looking around a long text"] = Ecma("long", "^(?=.*ab)a+b$"),
        ["matches, a back reference"] = Ecma("version", @"^(\d)\.(?!\1)"),
        ["matches, case ignored"] = Some.That("country", AttributeOperator.Matches, "^n.?l$", ignoreCase: true),
        ["lessThan"] = Some.That("age", AttributeOperator.LessThan, 42.5),
        ["atMost"] = Some.That("age", AttributeOperator.AtMost, 42),
        ["greaterThan"] = Some.That("score", AttributeOperator.GreaterThan, 0.5),
        ["atLeast"] = Some.That("score", AttributeOperator.AtLeast, 0.75),
        ["before"] = Some.That("since", AttributeOperator.Before, "2026-06-01T00:00:00Z"),
        ["after"] = Some.That("since", AttributeOperator.After, "2025-06-01T00:00:00Z"),
        ["semver"] = Some.That("version", AttributeOperator.SemVer, ">=4.0.0 <5.0.0-beta.1"),
        ["semver, of pre-releases"] = Some.That("preview", AttributeOperator.SemVer, ">=4.2.0-rc.1 <4.2.0-rc.x"),
        ["inNetwork"] = Some.That("address", AttributeOperator.InNetwork, new[] { "192.168.0.0/16", "10.0.0.0/8" }),
        ["inNetwork, v6"] = Some.That("address6", AttributeOperator.InNetwork, new[] { "2001:db8::/32" }),
        ["hasAny"] = Some.That("tags", AttributeOperator.HasAny, new[] { "z", "b" }),
        ["hasAll"] = Some.That("tags", AttributeOperator.HasAll, new[] { "a", "b" }),
        ["exists"] = Some.That("age", AttributeOperator.Exists, true),
        ["pointer"] = Some.Equal("/home/country", "BE"),
        ["pointer into a list"] = Some.Equal("/home/streets/1", "y"),
        ["targeting key"] = Some.That("targetingKey", AttributeOperator.StartsWith, new[] { "user-" }),
        ["not ASCII"] = Some.That("é", AttributeOperator.Contains, new[] { "NÏC" }, ignoreCase: true),
        ["unknown inside any"] = new AnyCondition([Some.Equal("missing", 1), new NotCondition(Some.Equal("country", "BE"))]),
        ["all"] = new AllCondition([Some.Equal("beta", true), Some.Equal("country", "NL")]),
    };

    private static AttributeCondition Ecma(string attribute, string pattern) =>
        new() { Attribute = attribute, Operator = AttributeOperator.Matches, Operand = pattern, Dialect = new() { Patterns = PatternSyntax.EcmaScript, Texts = TextReading.EcmaScript } };

    private static FeatureSnapshot Open()
    {
        var experiment = Some.Experiment("checkout", ("control", 50), ("short", 50)) with { Layer = "layer", Slots = new(0, 900_000), Holdout = "holdout", Else = "control" };
        var deep = Enumerable.Range(1, 99).Select(i => Some.Flag($"deep-{i}").Requiring($"deep-{i - 1}", "on").When(null));
        var snapshot = Some.Snapshot(
        [
            Some.Flag("plain") with { Default = "on" },
            (Some.Flag("rule") with { ClientVisible = true }).When(Some.Equal("country", "NL")),
            (Some.Flag("rollout") with { ClientVisible = true }).When(null, Some.Rollout(50)),
            Some.Flag("by-number").When(null, Some.Rollout(50) with { By = ["missing", "score"] }),
            Some.Flag("ramp").When(null, new RolloutOutcome { To = "on", Steps = [new(Some.Monday.AddDays(-1), 10), new(Some.Monday.AddDays(1), 90)], Curve = RolloutCurve.Linear }),
            Some.Text("three-rules", "a", "b", "c")
                .When(Some.Equal("country", "BE"), "b")
                .When(Some.That("age", AttributeOperator.LessThan, 18), "c")
                .When(Some.That("version", AttributeOperator.SemVer, ">=4.0.0"), Some.Split(("a", 50), ("b", 25), ("c", 25))),
            Some.Flag("malformed") with { Default = "nothing" },
            Some.Text("experiment", "control", "short") with { Default = experiment, ClientVisible = true },
            Some.Text("sticky", "control", "short") with { Default = Some.Experiment("sticky", ("control", 1), ("short", 1)) with { Sticky = new() { Version = 1 } } },
            Some.Flag("schedule").When(new ScheduleCondition { Days = [DayOfWeek.Monday], From = new(9, 0), To = new(17, 0), TimeZone = "Europe/Amsterdam" }),
            Some.Flag("between").When(new BetweenCondition { From = Some.Monday.AddDays(-1) }),
            Some.Flag("segment").When(new SegmentCondition("members")),
            Some.Flag("prerequisites").Requiring("rule", "on").Requiring("rollout", "on", "off").When(null),
            Some.Flag("asks").When(new FlagCondition { Flag = "rule", Variants = ["on"] }),
            Some.Flag("deep-0").When(null),
            .. deep,
            Some.Flag("kind").When(Some.Equal("organization:plan", "gold")),
            Some.Text("text", "words"),
            Some.Of("integer", FlagType.Integer, 7),
            Some.Of("number", FlagType.Number, 7.5),
            Some.Of("json", FlagType.Json, VariantValue.Json("""{ "name": "dark", "depth": 3 }""")),
        ]) with
        {
            Layers = [new() { Name = "layer" }],
            Holdouts = [new() { Name = "holdout", Percent = 5 }],
            Segments = [new() { Name = "members", Include = ["user-1", "user-17"], Exclude = ["user-2"] }],
        };
        return snapshot.Open(Services);
    }

    private static SnapshotServices Remembering(string experiment, StoredAssignment assignment)
    {
        var assignments = new AssignmentMemory(10);
        assignments.Store(experiment, User.TargetingKey, assignment);
        return Some.Services(assignments: assignments);
    }

    private static void Read<T>(Evaluation<T> evaluation) =>
        _ = (evaluation.Value, evaluation.Variant, evaluation.Reason, evaluation.Rule, evaluation.SnapshotVersion, evaluation.Origin, evaluation.Age);
}
