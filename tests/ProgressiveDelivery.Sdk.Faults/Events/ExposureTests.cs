using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>An exposure is recorded exactly as often as it should be, whatever happens around it.</summary>
public sealed class ExposureTests : EventScenario
{
    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro", ["country"] = "NL" };

    private readonly InMemoryEventSink _sink = new();

    [Fact]
    [Scenario("E4")]
    public async Task E04_VariantThatComesAndGoesIsThreeExposures()
    {
        Source.Set(Experiment(1, 100));
        var subject = await StartAsync(flags => flags.SendEventsTo(_sink));
        subject.Client.IsEnabled("checkout", Ada).Should().BeTrue();
        foreach (var (version, on) in new[] { (2L, 0), (3L, 100) })
        {
            Source.Set(Experiment(version, on));
            await subject.VersionAsync(version);
            subject.Client.IsEnabled("checkout", Ada).Should().Be(on == 100);
            subject.Client.IsEnabled("checkout", Ada);
        }

        await subject.DisposeAsync();

        Exposures().Select(exposure => (exposure.Variant, exposure.SnapshotVersion)).Should().Equal(("on", 1), ("off", 2), ("on", 3));
    }

    [Fact]
    [Scenario("E4")]
    public async Task E04_ManyThreadsThatExposeOneUnitAtOnceAreOneExposure()
    {
        var subject = await StartAsync(flags => flags.SendEventsTo(_sink));

        Parallel.For(0, 64, new() { MaxDegreeOfParallelism = 64 }, _ => Expose(subject, 0, 100));
        await subject.DisposeAsync();

        Exposures().Should().HaveCount(100).And.OnlyHaveUniqueItems(exposure => exposure.Unit);
    }

    [Fact]
    [Scenario("E5")]
    public async Task E05_ExposureThatFoundTheQueueFullIsRecordedLater()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new PlayedSink { Sending = (_, _) => gate.Task };
        var subject = await StartAsync(flags => flags.SendEventsTo(sink).ConfigureEvents(events => (events.Capacity, events.MaxBatchEvents) = (1, 1)));
        Expose(subject, 0, 1);
        await Until.HoldsAsync(() => sink.Calls == 1);
        Expose(subject, 1, 2);
        for (var metric = 0; StatusOf(subject).LostByCause.Count == 0; metric++)
            subject.Client.Track($"metric-{metric}", Ada);
        Expose(subject, 2, 3);
        StatusOf(subject).Deferred.Should().Be(1, "one is on its way, one waits, and the table of counts is full");
        gate.SetResult();
        await Clock.PassTimersUntilAsync(() => StatusOf(subject).Queued == 0, FlushInterval);

        Expose(subject, 0, 3);
        await Clock.PassTimersUntilAsync(() => StatusOf(subject).Queued == 0, FlushInterval);

        sink.Exposures.Select(exposure => exposure.Unit).Should().Equal("unit-0", "unit-1", "unit-2");
    }

    [Fact]
    [Scenario("E6")]
    public async Task E06_EqualContextsAreOneUnitInWhateverOrder()
    {
        var subject = await StartAsync(flags => flags.SendEventsTo(_sink).RecordExposures(exposures => exposures.Attributes.Add("country")));

        subject.Client.IsEnabled("checkout", Ada);
        subject.Client.IsEnabled("checkout", new EvaluationContext("ada") { ["country"] = "NL", ["plan"] = "pro" });
        await subject.DisposeAsync();

        Exposures().Should().ContainSingle();
    }

    [Fact]
    [Scenario("E4")]
    public async Task E04_ClockThatGoesBackRepeatsNothingAndLosesNothing()
    {
        var wall = new WallClock(Clock);
        var subject = await StartAsync(flags => flags.SendEventsTo(_sink), wall);
        subject.Client.IsEnabled("checkout", Ada);

        wall.Show(Clock.Start.AddDays(-1));
        subject.Client.IsEnabled("checkout", Ada);
        wall.Show(Clock.Start.AddDays(1));
        subject.Client.IsEnabled("checkout", Ada);
        Expose(subject, 0, 1);
        await subject.DisposeAsync();

        Exposures().Select(exposure => exposure.Unit).Should().Equal("ada", "unit-0");
    }

    [Fact]
    [Scenario("E9")]
    public async Task E09_BiasedLossIsFlaggedInStatusAndLogAndAnUnbiasedOneIsNot()
    {
        var subject = await StartAsync(flags => flags.SendEventsTo(_sink));

        // Half of all units never get to the page; then one in five of those with the new page.
        for (var unit = 0; unit < 10_000; unit += 2)
            Expose(subject, unit, unit + 1);
        subject.Status.Experiments.Single().Should().BeEquivalentTo(new { Hint = ExperimentHint.NoMismatch });
        subject.Status.Experiments.Single().Units.Should().BeInRange(4_900, 5_000, "units whose exposures the table forgot are counted as a sample");
        subject.Warnings.Should().BeEmpty();
        for (var unit = 10_000; unit < 40_000; unit++)
        {
            if (unit % 5 != 0 || subject.Client.Explain("checkout", new($"unit-{unit}")).Variant == "off")
                Expose(subject, unit, unit + 1);
        }

        subject.Status.Experiments.Single().Hint.Should().Be(ExperimentHint.Mismatch);
        subject.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("SampleRatioMismatch");
    }

    private IEnumerable<Observation.ExposureEvent> Exposures() => _sink.Events.Cast<Observation.ExposureEvent>();
}
