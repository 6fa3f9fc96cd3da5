using System.Diagnostics;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.Tests.Compilation;

public class SnapshotRecompilerTests(ITestOutputHelper output)
{
    private static readonly SnapshotLimits Limits = new();

    [Fact]
    public void OnlyWhatChangedAndWhatDependsOnItIsCompiledAnew()
    {
        var before = (Some.Snapshot(
            Some.Flag("a"), Some.Flag("b").Requiring("a", "on"), Some.Flag("c").When(new FlagCondition { Flag = "b", Variants = ["on"] }), Some.Flag("d"),
            Some.Flag("e").When(new SegmentCondition("s"))) with
        { Segments = [Some.Segment("s", new FlagCondition { Flag = "d", Variants = ["on"] }), Some.Segment("t")] }).Compile();

        Anew(before, Patch(Some.Flag("a"))).Should().Equal("a", "b", "c");
        Anew(before, Patch(Some.Flag("c"))).Should().Equal("c");
        Anew(before, Patch(Some.Flag("d"))).Should().Equal("d", "e");
        Anew(before, new() { BaseVersion = 1, Version = 2, Segments = [Some.Segment("s")] }).Should().Equal("e");
        Anew(before, new() { BaseVersion = 1, Version = 2, Segments = [Some.Segment("t")] }).Should().BeEmpty();
        Anew(before, new() { BaseVersion = 1, Version = 2 }).Should().BeEmpty();
    }

    [Fact]
    public void RulesBeforeStayAsTheyWere()
    {
        var before = Some.Snapshot(Some.Flag("a"), Some.Flag("b").Requiring("a", "on") with { Default = "on", OffVariant = "off" }).Compile();
        var flags = before.Rules.Flags.ToArray();

        var after = Recompile(before, Patch(Some.Flag("a") with { Default = "on" }));

        before.Rules.Flags.Should().Equal(flags, ReferenceEquals);
        before.Rules.Find("a").Should().BeSameAs(flags[0]);
        Answers(before.Rules)["b"].Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        Answers(after.Rules)["b"].Reason.Should().Be(EvaluationReason.Default);
        after.Rules.Version.Should().Be(2);
    }

    [Fact]
    public void FlagsThatShareALayerAreJudgedTogether()
    {
        var (one, other, third) = (Slots("one", 0, 500_000), Slots("other", 500_000, 1_000_000), Some.Flag("third"));
        var before = (Some.Snapshot(one, other, third) with { Layers = [new() { Name = "l" }] }).Compile();

        var overlapping = Recompile(before, Patch(Slots("one", 0, 500_001)));
        var mended = Recompile(overlapping, Patch(2, one));

        Quarantined(before).Should().BeEmpty();
        Quarantined(overlapping).Should().Equal("one", "other");
        Quarantined(mended).Should().BeEmpty();
        mended.Rules.Find("third").Should().BeSameAs(before.Rules.Find("third"));
        overlapping.Diagnostics.Should().HaveCount(2);
        mended.Diagnostics.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FlagThatEntersALayerFarDownIsJudgedWithTheOthers(bool sticky)
    {
        var before = (Some.Snapshot(Slots("one", 0, 500_001), Some.Flag("other")) with { Layers = [new() { Name = "l" }] }).Compile();
        var inside = Slots("other", 500_000, 1_000_000).Default!;
        OutcomeDefinition outside = sticky
            ? new StickyOutcome { Key = "x", Sticky = new() { Version = 0 }, Bucketing = new() { Algorithm = BucketAlgorithm.Md5Modulo, Buckets = 10 }, By = [], Variants = [], Serve = inside }
            : new StepsOutcome([new() { Serve = "on" }, new() { Serve = inside }]);

        var overlapping = Recompile(before, Patch(Some.Flag("other").When(null, outside)));

        Quarantined(before).Should().BeEmpty();
        Quarantined(overlapping).Should().Equal("one", "other");
    }

    [Fact]
    public void CycleComesAndGoes()
    {
        var before = Some.Snapshot(Some.Flag("a"), Some.Flag("b").Requiring("a", "on"), Some.Flag("c").Requiring("b", "on"), Some.Flag("d").Requiring("c", "on")).Compile();

        var cyclic = Recompile(before, Patch(Some.Flag("a").Requiring("c", "on")));
        var mended = Recompile(cyclic, Patch(2, Some.Flag("a")));

        Quarantined(cyclic).Should().Equal("a", "b", "c");
        Quarantined(mended).Should().BeEmpty();
    }

    [Fact]
    public void FlagsInDeepChainsAreEvaluatedInOrderAfterAPatchToo()
    {
        var chain = Enumerable.Range(0, 100).Select(i => i == 0 ? Some.Flag("0") with { Default = "on" } : Some.Flag($"{i}").Requiring($"{i - 1}", "on") with { Default = "on", OffVariant = "off" }).ToArray();
        var before = Some.Snapshot(chain).Compile();

        var off = Recompile(before, Patch(Some.Flag("50")));
        var on = Recompile(off, Patch(2, chain[50]));

        Answers(before.Rules)["99"].Reason.Should().Be(EvaluationReason.Default);
        Answers(off.Rules)["99"].Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        Answers(on.Rules)["99"].Reason.Should().Be(EvaluationReason.Default);
        on.Rules.Find("49").Should().BeSameAs(before.Rules.Find("49"));
        on.Rules.Find("99")!.MemoLength.Should().Be(100);
    }

    [Fact]
    public void DiagnosticsOfWhatStayedStay()
    {
        var before = Some.Snapshot(Some.Flag("bad") with { Default = "purple" }, Some.Flag("good")).Compile();

        Recompile(before, Patch(Some.Flag("good"))).Diagnostics.Should().Equal(before.Diagnostics);
        Recompile(before, Patch(Some.Flag("bad"))).Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void KillCompilesTheFlagAndWhatDependsOnIt()
    {
        var before = Some.Snapshot(Some.Flag("a") with { Default = "on" }, Some.Flag("b").Requiring("a", "on") with { Default = "on" }, Some.Flag("c")).Compile();

        var killed = SnapshotRecompiler.Recompile(before.State, LocalOverlay.None.With(OverlayEntry.Of(new SnapshotKill(5, "a", "off"))));
        var ended = SnapshotRecompiler.Recompile(killed.State, LocalOverlay.None);

        Answers(killed.Rules)["a"].Reason.Should().Be(EvaluationReason.Killed);
        Answers(killed.Rules)["b"].Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        killed.Rules.Find("c").Should().BeSameAs(before.Rules.Find("c"));
        Answers(ended.Rules).Should().BeEquivalentTo(Answers(before.Rules));
    }

    /// <summary>Whatever patches come, the rules are those that a compilation from the beginning makes.</summary>
    [Fact]
    public void RandomPatchesGiveTheRulesOfAFullCompilation()
    {
        var (incremental, total) = (0, 0);
        for (var seed = 0; seed < 120; seed++)
        {
            var some = new RandomDefinitions(new(seed));
            var definition = some.Snapshot();
            var (overlay, kills) = (LocalOverlay.None, KillSet.None);
            var result = SnapshotCompiler.Compile(definition, Limits);
            for (var step = 0; step < 8; step++)
            {
                var patch = some.Patch(definition.Version);
                if (some.IsOneOf(3))
                    kills = kills.With(some.Kill(patch.Version));
                overlay = kills.Kills.Aggregate(overlay, (all, kill) => all.With(OverlayEntry.Of(kill)));
                if (some.IsOneOf(4))
                    overlay = some.IsOneOf(3) ? overlay.Without(some.Kill(0).Flag, EvaluationReason.Override) : overlay.With(OverlayEntry.OfOverride(some.Kill(0).Flag, some.Kill(0).Variant));
                if (some.IsOneOf(5))
                    overlay = overlay.With(new OverlayEntry(some.Kill(0).Flag, new RolloutOutcome { To = new VariantOutcome(some.Kill(0).Variant), Percent = 50, Else = some.Kill(0).Variant }, EvaluationReason.Override));
                var ended = kills.EndedBy(patch.Version);
                (overlay, kills) = (ended.Aggregate(overlay, (all, kill) => all.Without(kill.Flag, EvaluationReason.Killed)), kills.Without(ended));
                var previous = result.Rules;
                definition = PatchApplication.Apply(definition, patch);

                result = SnapshotRecompiler.Recompile(result.State, definition, patch, overlay);
                var full = SnapshotCompiler.Compile(definition, Limits, overlay);

                incremental += result.Rules.Flags.Any(flag => previous.Flags.Contains(flag)) ? 1 : 0;
                total++;
                Same(result, full, $"seed {seed}, step {step}");
            }
        }

        output.WriteLine($"{incremental} of {total} patches shared flags with the rules before.");
        incremental.Should().BeGreaterThan(total / 3);
    }

    private static void Same(CompilationResult result, CompilationResult full, string where)
    {
        result.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Path)).Should().BeEquivalentTo(full.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Path)), where);
        result.Rules.Flags.Select(Facts).Should().Equal(full.Rules.Flags.Select(Facts), where);
        for (var unit = 0; unit < 8; unit++)
        {
            var context = new EvaluationContext($"u-{unit}", [KeyValuePair.Create("a", (AttributeValue)(unit % 3))]);
            Answers(result.Rules, context).Should().Equal(Answers(full.Rules, context), where);
        }

        static (string, int, bool, bool, bool, int) Facts(CompiledFlag flag) =>
            (flag.Key, flag.Index, flag.IsQuarantined, flag.IsConstant, flag.DependsOnTime, flag.MemoLength);
    }

    [Fact]
    public void PatchOfOneFlagAmongTenThousandCostsAFractionOfAll()
    {
        var flags = Enumerable.Range(0, 10_000).Select(i => Some.Flag($"flag-{i}").When(Some.Equal("country", "NL"), Some.Rollout(i % 100))).ToArray();
        var definition = Some.Snapshot(flags);
        var patch = Patch(Some.Flag("flag-5000"));
        var before = definition.Compile();

        var (full, one, apply) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var i = 0; i < 10; i++)
        {
            full = Shorter(full, Time(() => SnapshotCompiler.Compile(definition, Limits)));
            SnapshotDefinition next = definition;
            apply = Shorter(apply, Time(() => next = PatchApplication.Apply(definition, patch)));
            one = Shorter(one, Time(() => SnapshotRecompiler.Recompile(before.State, next, patch, LocalOverlay.None)));
        }

        output.WriteLine($"full {full.TotalMilliseconds:F2} ms, one flag {one.TotalMilliseconds:F2} ms, applied in {apply.TotalMilliseconds:F2} ms");
        (one + apply).Should().BeLessThan(full / 2);

        static TimeSpan Time(Action act)
        {
            var start = Stopwatch.GetTimestamp();
            act();
            return Stopwatch.GetElapsedTime(start);
        }

        static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
    }

    private static IEnumerable<string> Anew(CompilationResult before, SnapshotPatch patch)
    {
        var after = Recompile(before, patch);
        return after.Rules.Flags.Where(flag => before.Rules.Find(flag.Key) != flag).Select(flag => flag.Key);
    }

    private static CompilationResult Recompile(CompilationResult before, SnapshotPatch patch) =>
        SnapshotRecompiler.Recompile(before.State, PatchApplication.Apply(before.State.Definition, patch), patch, LocalOverlay.None);

    private static SnapshotPatch Patch(params FlagDefinition[] flags) => Patch(1, flags);

    private static SnapshotPatch Patch(long @base, params FlagDefinition[] flags) => new() { BaseVersion = @base, Version = @base + 1, Flags = flags };

    private static FlagDefinition Slots(string key, int from, int to) =>
        Some.Flag(key) with { Default = Some.Experiment(key, ("on", 1)) with { Layer = "l", Slots = new(from, to) } };

    private static IEnumerable<string> Quarantined(CompilationResult result) =>
        result.Rules.Flags.Where(flag => flag.IsQuarantined).Select(flag => flag.Key);

    private static Dictionary<string, Decision> Answers(Ruleset rules, EvaluationContext? context = null)
    {
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context ?? EvaluationContext.Empty, Some.Services().Evaluation, Some.Monday.UtcTicks, ref budget);
        var answers = new Dictionary<string, Decision>();
        foreach (var flag in rules.Flags)
            answers.Add(flag.Key, flag.IsConstant ? flag.Constant : flag.Evaluate(in input));
        return answers;
    }
}
