using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>The health of experiments, from the answers that a process gives.</summary>
public sealed class ExperimentHealthTests
{
    // Two units share a bit of the sample with a chance of 1 in 262,144, and are then counted as one, where a unit may have been counted before.
    private const int Shared = 3;

    private readonly FakeTimeProvider _clock = new(Some.Monday);
    private readonly ExposureOptions _options = new();
    private readonly NotedExperimentAlarm _alarm = new();
    private readonly AssignmentMemory _assignments = new(100_000);
    private readonly ExperimentWatches _watches;
    private readonly SnapshotServices _services;
    private bool _isFull;

    public ExperimentHealthTests()
    {
        var evaluation = new EvaluationServices(_assignments, new());
        _options.Remembered = 1 << 20;
        _watches = new(_alarm, _clock);
        _services = new(_clock, evaluation, new(NullLogger.Instance, new(), strict: false), exposures: new(_options, new([]), new Queue(this), evaluation.WithoutEffects, _clock, _watches));
    }

    [Fact]
    public void UnitsAreCountedOnceByVariant()
    {
        var snapshot = InForce(Half());

        Expose(snapshot, 0..2_000);
        Expose(snapshot, 0..2_000);

        var health = _watches.Health.Single();
        health.Should().BeEquivalentTo(new { Flag = "checkout", Experiment = "test", Since = Some.Monday, Units = 2_000L, Crossovers = 0L, Unassigned = 0L, Hint = ExperimentHint.NoMismatch });
        health.Variants.Select(variant => (variant.Variant, variant.ExpectedShare)).Should().Equal(("on", 0.5), ("off", 0.5));
        health.Variants.Sum(variant => variant.Units).Should().Be(2_000);
        health.Variants[0].Units.Should().Be(Enumerable.Range(0, 2_000).Count(unit => snapshot.IsEnabled("checkout", Unit(unit))));
        _alarm.Faults.Should().BeEmpty();
    }

    [Fact]
    public void ManyThreadsAtOnceCountExactly()
    {
        var snapshot = InForce(Half());

        Parallel.For(0, 64, new() { MaxDegreeOfParallelism = 64 }, _ => Expose(snapshot, 0..1_000));

        _watches.Health.Single().Units.Should().Be(1_000);
    }

    [Fact]
    public void UnitsOfOneVariantThatGetLostAreReportedOnce()
    {
        var snapshot = InForce(Half());

        // The new page fails for one unit in five before the flag is read.
        Expose(snapshot, 0..20_000, unit => unit % 5 != 0 || snapshot.Answer("checkout", Unit(unit)).Variant != "on");

        _alarm.Faults.Should().Equal("mismatch");
        _alarm.Health.Single().Units.Should().BeLessThan(5_000, "it need not be looked at to be found");
        _watches.Health.Single().Should().BeEquivalentTo(new { Hint = ExperimentHint.Mismatch });
        _watches.Health.Single().PValue.Should().BeLessThan(1e-9);
        _watches.Health.Single().LogEvidence.Should().BeGreaterThan(20);
    }

    [Fact]
    public void OtherWeightsBeginAnewWithUnitsThatKeepTheirVariantsToo()
    {
        Expose(InForce(Half()), 0..3_000);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var snapshot = InForce(Flag(Some.Experiment("test", ("on", 60), ("off", 40))));
        Expose(snapshot, 0..3_000);
        Expose(snapshot, 0..3_000);

        var health = _watches.Health.Single();
        health.Since.Should().Be(Some.Monday.AddMinutes(1));
        health.Units.Should().BeInRange(3_000 - (3 * 17), 3_000, "units that keep their variant are no less a part of it");
        health.Hint.Should().Be(ExperimentHint.NoMismatch);
        health.Crossovers.Should().BeInRange(200, 400, "one unit in ten changed sides");
        _alarm.Faults.Should().Equal("crossover");
        _exposures.Should().Be(3_000 + (int)health.Crossovers, "a unit that keeps its variant is not exposed again");
    }

    [Fact]
    public void UnitThatChangesSidesTwiceIsOneCrossover()
    {
        foreach (var share in new[] { 100, 0, 100, 0, 100 })
            Expose(InForce(Flag(Some.Experiment("test", ("on", share), ("off", 100 - share)))), 0..5);

        _watches.Health.Single().Crossovers.Should().Be(5);
    }

    [Fact]
    public void SameWeightsInOtherRulesGoOn()
    {
        Expose(InForce(Half()), 0..100);

        Expose(InForce(Half(), Some.Flag("another")), 0..200);
        Expose(InForce(Half() with { Rules = [new() { When = Some.Equal("plan", "pro"), Serve = "on" }] }), 0..300);

        _watches.Health.Single().Units.Should().Be(300);
    }

    [Fact]
    public void RulesThatAreNoLongerInForceNeitherCountNorBeginAnything()
    {
        var old = InForce(Half());
        Expose(old, 0..10);
        var current = InForce(Flag(Some.Experiment("test", ("on", 90), ("off", 10))));
        Expose(current, 0..10);

        Expose(old, 10..20);
        _watches.Health.Single().Variants[0].ExpectedShare.Should().Be(0.9);
        _watches.Health.Single().Units.Should().BeInRange(10 - Shared, 10);

        Expose(current, 10..20);
        _watches.Health.Single().Units.Should().BeInRange(20 - (2 * Shared), 20, "they were given nothing of these weights before");
    }

    [Fact]
    public void RemovedVariantIsNoMismatchOfTheOthers()
    {
        var three = Some.Text("checkout", "a", "b", "c");
        Expose(InForce(three with { Default = Some.Experiment("test", ("a", 1), ("b", 1), ("c", 1)) }), 0..3_000, text: true);

        Expose(InForce(Some.Text("checkout", "a", "b") with { Default = Some.Experiment("test", ("a", 1), ("b", 1)) }), 0..3_000, text: true);

        var health = _watches.Health.Single();
        health.Variants.Select(variant => variant.Variant).Should().Equal("a", "b");
        health.Hint.Should().Be(ExperimentHint.NoMismatch);
        health.Crossovers.Should().BeGreaterThan(900, "units of c have another one now");
    }

    [Fact]
    public void ExperimentThatIsGoneIsForgottenAndOneUnderAnOverrideIsNot()
    {
        Expose(InForce(Half()), 0..100);

        InForce(LocalOverlay.None.With(OverlayEntry.OfOverride("checkout", "on")), Half());
        _watches.Health.Single().Units.Should().Be(100);
        var last = InForce(Half());
        Expose(last, 0..150);
        _watches.Health.Single().Units.Should().Be(150);

        InForce(Some.Flag("checkout"));
        _watches.Health.Should().BeEmpty();
        Expose(last, 150..200);
        _watches.Health.Should().BeEmpty("a request that still uses the rules before begins nothing");
    }

    [Fact]
    public void ForgottenUnitsAreNotCountedTwice()
    {
        _options.Remembered = 1_024;
        var recorder = new ExposureRecorder(_options, new([]), new Queue(this), _services.Evaluation.WithoutEffects, _clock, _watches);
        var services = new SnapshotServices(_clock, _services.Evaluation, new(NullLogger.Instance, new(), strict: false), exposures: recorder);
        var snapshot = InForce(services, LocalOverlay.None, Half());

        for (var round = 0; round < 4; round++)
            Expose(snapshot, 0..8_000);

        _exposures.Should().BeGreaterThan(20_000, "the memory holds an eighth of them");
        _watches.Health.Single().Units.Should().BeInRange(7_600, 8_000);
        _alarm.Faults.Should().BeEmpty();
    }

    [Fact]
    public void UnitThatNoSinkHasRoomForIsCountedWhenItIsRecorded()
    {
        var snapshot = InForce(Half());
        _isFull = true;
        Expose(snapshot, 0..50);
        Expose(snapshot, 0..50);
        _watches.Health.Should().BeEmpty();
        _isFull = false;

        Expose(snapshot, 0..50);

        _watches.Health.Single().Units.Should().Be(50);
    }

    [Fact]
    public void RepeatedExposureIsNotCountedAgain()
    {
        var snapshot = InForce(Half());
        Expose(snapshot, 0..50);
        _clock.Advance(TimeSpan.FromHours(2));

        Expose(snapshot, 0..50);

        _exposures.Should().Be(100);
        _watches.Health.Single().Units.Should().Be(50);
    }

    [Fact]
    public void StickyExperimentWhoseWeightsChangeIsNotTestedUntilItsVersionDoes()
    {
        Expose(InForce(Sticky(1, 50)), 0..2_000);
        Expose(InForce(Sticky(1, 95)), 0..4_000);
        _watches.Health.Single().Hint.Should().Be(ExperimentHint.NotTested, "half of the units keep what they were given by other weights");

        Expose(InForce(Sticky(2, 95)), 0..4_000);

        _watches.Health.Single().Hint.Should().Be(ExperimentHint.NoMismatch);
        _alarm.Faults.Should().Equal("crossover");
    }

    [Fact]
    public void StoredVariantWithoutAWeightIsUnassignedAndNoMismatch()
    {
        for (var unit = 0; unit < 10; unit++)
            _assignments.Store("test", $"unit-{unit}", new(1, "off"));

        Expose(InForce(Flag(Some.Experiment("test", ("on", 50), ("off", 0)) with { Sticky = new() { Version = 1 } })), 0..100);

        _watches.Health.Single().Should().BeEquivalentTo(new { Units = 90L, Unassigned = 10L, Hint = ExperimentHint.NotTested });
        _alarm.Faults.Should().Equal("unassigned");
    }

    [Fact]
    public void SplitThatIsNotDeclaredOrNotOneIsNotTested()
    {
        var two = Some.Flag("two") with
        {
            Rules = [new() { When = Some.Equal("plan", "pro"), Serve = Some.Experiment("test", ("on", 90), ("off", 10)) }],
            Default = Some.Experiment("test", ("on", 10), ("off", 90)),
        };
        var steps = Some.Flag("steps") with { Default = new StepsOutcome([new() { When = Some.Equal("plan", "pro"), Serve = Some.Split(("on", 1)) }, new() { Serve = Some.Experiment("test", ("on", 50), ("off", 50)) }]) };
        var whole = Some.Flag("whole") with { Default = Some.Experiment("test", ("on", 1), ("off", 0)) };
        var snapshot = InForce(two, steps, whole, Some.Flag("tracked") with { Track = true }, Some.Flag("plain") with { Default = Some.Split(("on", 1), ("off", 1)) });

        foreach (var flag in new[] { "two", "steps", "whole", "tracked", "plain" })
            Expose(snapshot, 0..1_000, flag: flag);

        _watches.Health.Select(health => (health.Flag, health.Hint)).Should().Equal(("two", ExperimentHint.NotTested), ("whole", ExperimentHint.NotTested));
        _alarm.Faults.Should().BeEmpty();
    }

    [Fact]
    public void ManyExperimentsTakeBoundedMemory()
    {
        const int Experiments = 10_000;
        var snapshot = InForce([.. Enumerable.Range(0, Experiments).Select(number => Some.Flag($"flag-{number}") with { Default = Some.Experiment($"test-{number}", ("on", 1), ("off", 1)) })]);

        for (var number = 0; number < Experiments; number++)
            snapshot.IsEnabled($"flag-{number}", Unit(1));

        _exposures.Should().Be(Experiments);
        _watches.Health.Should().HaveCount(ExperimentWatches.MaxExperiments);
        InForce(Half());
        _watches.Health.Should().BeEmpty();
    }

    [Fact]
    public void NewUnitAllocatesItsRecordOnlyAndARepeatedOneNothing()
    {
        var watched = InForce(Half());
        var bare = InForce(new SnapshotServices(_clock, _services.Evaluation, new(NullLogger.Instance, new(), strict: false), exposures: new(_options, new([]), new Queue(this), _services.Evaluation.WithoutEffects, _clock)), LocalOverlay.None, Half());
        var (next, known) = (0, Unit(1));
        EvaluationContext Fresh() => new($"unit-{1_000_000 + next++}");

        var (with, without) = (Allocated.ByFirst(Fresh, unit => watched.IsEnabled("checkout", unit)), Allocated.ByFirst(Fresh, unit => bare.IsEnabled("checkout", unit)));

        with.Should().Be(without).And.BePositive();
        Allocated.By(() => watched.IsEnabled("checkout", known)).Should().Be(0);
    }

    private int _exposures;

    private static EvaluationContext Unit(int number) => new($"unit-{number}");

    private static FlagDefinition Flag(ExperimentOutcome serve) => Some.Flag("checkout") with { Default = serve };

    private static FlagDefinition Half() => Flag(Some.Experiment("test", ("on", 50), ("off", 50)));

    private static FlagDefinition Sticky(int version, int share) => Flag(Some.Experiment("test", ("on", share), ("off", 100 - share)) with { Sticky = new() { Version = version } });

    private static void Expose(FeatureSnapshot snapshot, Range units, Func<int, bool>? isThere = null, bool text = false, string flag = "checkout")
    {
        for (var unit = units.Start.Value; unit < units.End.Value; unit++)
        {
            if (isThere?.Invoke(unit) == false)
                continue;
            if (text)
                snapshot.GetString(flag, Unit(unit), null);
            else
                snapshot.IsEnabled(flag, Unit(unit));
        }
    }

    private FeatureSnapshot InForce(params FlagDefinition[] flags) => InForce(LocalOverlay.None, flags);

    private FeatureSnapshot InForce(LocalOverlay overlay, params FlagDefinition[] flags) => InForce(_services, overlay, flags);

    private static FeatureSnapshot InForce(SnapshotServices services, LocalOverlay overlay, params FlagDefinition[] flags)
    {
        var accepted = new FeatureSnapshot(SnapshotCompiler.Compile(Some.Snapshot(flags), new(), overlay).Rules, SnapshotOrigin.Source, services);
        return accepted.InForce(false, SnapshotChangeCause.Source, accepted);
    }

    private sealed class Queue(ExperimentHealthTests test) : IEventQueue
    {
        public bool TryEnqueue(FeatureEvent occurred)
        {
            if (!test._isFull)
                Interlocked.Increment(ref test._exposures);
            return !test._isFull;
        }

        public void Refuse(EventLossCause cause)
        {
        }
    }
}
