using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>A unit that is given the variant of an experiment is recorded exactly as often as it should be.</summary>
public sealed class ExposureTests
{
    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro", ["country"] = "NL" };

    private readonly FakeTimeProvider _clock = new(Some.Monday);
    private readonly ExposureOptions _options = new();
    private readonly NotedQueue _queue = new();
    private SnapshotServices? _services;

    [Fact]
    public void FirstAnswerIsAnExposureAndRepeatedOnesAreNot()
    {
        _options.Attributes.Add("country");
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });

        for (var i = 0; i < 3; i++)
            snapshot.IsEnabled("checkout", Ada).Should().BeTrue();

        _queue.Exposures.Single().Should().BeEquivalentTo(new
        {
            Time = Some.Monday,
            Unit = "ada",
            UnitKind = "targetingKey",
            Attributes = new Dictionary<string, AttributeValue> { ["country"] = "NL" },
            Flag = "checkout",
            Experiment = "checkout-test",
            Variant = "on",
            Rule = (string?)null,
            Reason = EvaluationReason.Split,
            SnapshotVersion = 1L,
            Origin = SnapshotOrigin.Source,
        });
        _queue.Exposures.Single().Id.Should().MatchRegex("^[0-9a-f]{32}$");
    }

    [Fact]
    public void VariantThatComesAndGoesIsThreeExposures()
    {
        foreach (var variant in new[] { "on", "off", "on", "on" })
            InForce(Some.Flag("checkout") with { Default = Only(variant) }).IsEnabled("checkout", Ada);

        _queue.Exposures.Select(exposure => exposure.Variant).Should().Equal("on", "off", "on");
    }

    [Fact]
    public void AnotherRuleOrExperimentWithTheSameVariantIsAnotherExposure()
    {
        RuleDefinition Rule(string id, string experiment) => new() { Id = id, Serve = Some.Experiment(experiment, ("on", 1)) };
        foreach (var (id, experiment) in new[] { ("a", "x"), ("b", "x"), ("b", "y"), ("b", "y") })
            InForce(Some.Flag("checkout") with { Rules = [Rule(id, experiment)] }).IsEnabled("checkout", Ada);

        _queue.Exposures.Select(exposure => (exposure.Rule, exposure.Experiment)).Should().Equal(("a", "x"), ("b", "x"), ("b", "y"));
    }

    [Fact]
    public void ManyThreadsAtOnceAreOneExposure()
    {
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });
        _queue.Taking = static () => Thread.Yield();      // lets others come to the lock

        Parallel.For(0, 64, new() { MaxDegreeOfParallelism = 64 }, _ =>
        {
            for (var i = 0; i < 200; i++)
                snapshot.IsEnabled("checkout", new EvaluationContext($"unit-{i}"));
        });

        _queue.Exposures.Should().HaveCount(200).And.OnlyHaveUniqueItems(exposure => exposure.Unit);
    }

    [Fact]
    public void ExposureThatTheQueueDoesNotTakeIsRecordedTheNextTime()
    {
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });
        _queue.IsFull = true;
        snapshot.IsEnabled("checkout", Ada);
        _queue.IsFull = false;

        snapshot.IsEnabled("checkout", Ada);
        snapshot.IsEnabled("checkout", Ada);

        _queue.Exposures.Should().HaveCount(1);
        _queue.Refused.Should().Be(1);
    }

    [Fact]
    public void UnitIsRecordedAgainAfterItsTime()
    {
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });
        snapshot.IsEnabled("checkout", Ada);
        _clock.Advance(TimeSpan.FromMinutes(59));
        snapshot.IsEnabled("checkout", Ada);
        _queue.Exposures.Should().HaveCount(1);

        _clock.Advance(TimeSpan.FromMinutes(1));
        snapshot.IsEnabled("checkout", Ada);
        snapshot.IsEnabled("checkout", Ada);

        _queue.Exposures.Should().HaveCount(2);
    }

    [Fact]
    public void EqualContextsAreOneUnitInWhateverOrderAndForm()
    {
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });
        var stack = new StackContext("ada");
        stack.Set("country", "NL");

        snapshot.IsEnabled("checkout", Ada);
        snapshot.IsEnabled("checkout", new EvaluationContext("ada") { ["country"] = "NL", ["plan"] = "pro" });
        snapshot.IsEnabled("checkout", in stack, false);

        _queue.Exposures.Should().HaveCount(1);
    }

    [Fact]
    public void AnswersOutsideOfExperimentsAreNoExposures()
    {
        var snapshot = InForce(
            LocalOverlay.None.With(OverlayEntry.OfOverride("overridden", "on")),
            Some.Flag("plain"),
            Some.Flag("rolled") with { Default = Some.Rollout(100) },
            Some.Flag("overridden") with { Default = Only("on"), Track = true },
            Some.Flag("listed") with { Default = Only("on"), ClientVisible = true },
            Some.Text("mistyped", "a") with { Default = Some.Experiment("x", ("a", 1)) });

        foreach (var key in new[] { "plain", "rolled", "overridden", "missing" })
            snapshot.IsEnabled(key, Ada);
        snapshot.GetInteger("mistyped", Ada, 1);
        snapshot.GetFrontEndFlags(Ada).ToJson();
        snapshot.Explain("listed", Ada);
        snapshot.Answer("listed", Ada);
        snapshot.Look(new FeatureFlag<bool>("listed", false), Ada);
        snapshot.IsEnabled("listed", EvaluationContext.Empty);

        _queue.Exposures.Should().BeEmpty();
    }

    [Fact]
    public void TrackedFlagIsRecordedWithoutAnExperiment()
    {
        var snapshot = InForce(Some.Flag("dark").When(Some.Equal("plan", "pro")) with { Track = true });

        snapshot.IsEnabled("dark", Ada);

        _queue.Exposures.Single().Should().BeEquivalentTo(new { Flag = "dark", Variant = "on", Rule = "#1", Experiment = "dark", Reason = EvaluationReason.RuleMatch });
    }

    [Fact]
    public void PrivateKeyIsAHashAndPrivateAttributesAreLeftOut()
    {
        _options.Attributes.Add("plan");
        _options.Attributes.Add("country");
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });

        snapshot.IsEnabled("checkout", Ada.WithPrivate("targetingKey", "country"));

        // The first 16 bytes of SHA-256 of "ada", from coreutils' sha256sum.
        _queue.Exposures.Single().Unit.Should().Be("sha256:fdee430d40bd57deeac186cd9790033d");
        _queue.Exposures.Single().Attributes.Keys.Should().Equal("plan");
    }

    [Fact]
    public void RepeatedExposureAllocatesNothing()
    {
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });
        snapshot.IsEnabled("checkout", Ada);

        Allocated.By(() => snapshot.IsEnabled("checkout", Ada)).Should().Be(0);
        _queue.Exposures.Should().HaveCount(1);
    }

    [Fact]
    public void MoreUnitsThanAreRememberedCostOnlyRepetitions()
    {
        _options.Remembered = 1_024;
        var snapshot = InForce(Some.Flag("checkout") with { Default = Only("on") });
        var units = Enumerable.Range(0, 10_000).Select(number => new EvaluationContext($"unit-{number}")).ToList();

        foreach (var unit in units)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            snapshot.IsEnabled("checkout", unit);
        }

        _queue.Exposures.Should().HaveCount(10_000);
        units[^300..].ForEach(unit => snapshot.IsEnabled("checkout", unit));

        // The newest are remembered, but for the few whose places were taken since.
        _queue.Exposures.Count.Should().BeLessThan(10_060);
    }

    private static ExperimentOutcome Only(string variant) => Some.Experiment("checkout-test", (variant, 1)) as ExperimentOutcome ?? throw new InvalidOperationException();

    private FeatureSnapshot InForce(params FlagDefinition[] flags) => InForce(LocalOverlay.None, flags);

    private FeatureSnapshot InForce(LocalOverlay overlay, params FlagDefinition[] flags)
    {
        var evaluation = new EvaluationServices(new AssignmentMemory(1_000), new());
        _services ??= new(_clock, evaluation, new(NullLogger.Instance, new(), strict: false), exposures: new(_options, Units(), _queue, evaluation.WithoutEffects, _clock));
        var accepted = new FeatureSnapshot(SnapshotCompiler.Compile(Some.Snapshot(flags), new(), overlay).Rules, SnapshotOrigin.Source, _services);
        return accepted.InForce(false, SnapshotChangeCause.Source, accepted);
    }

    private EventUnits Units() => new([.. _options.Attributes.Select(text => AttributeReference.TryParse(text, out var reference) ? reference : throw new InvalidOperationException())]);

    private sealed class NotedQueue : IEventQueue
    {
        private readonly ConcurrentQueue<FeatureEvent> _taken = new();

        public bool IsFull { get; set; }

        public int Refused { get; private set; }

        public Action Taking { get; set; } = static () => { };

        public IReadOnlyList<ExposureEvent> Exposures => [.. _taken.OfType<ExposureEvent>()];

        public bool TryEnqueue(FeatureEvent occurred)
        {
            Taking();
            if (IsFull)
                Refused++;
            else
                _taken.Enqueue(occurred);
            return !IsFull;
        }

        public void Refuse(EventLossCause cause) => throw new InvalidOperationException("An exposure is never refused.");
    }
}
