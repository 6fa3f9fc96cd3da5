using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>Telemetry is bounded, and holds no person and no secret, whatever happens.</summary>
public sealed class TelemetryTests : EventScenario
{
    private static readonly string[] ClosedTags = ["client", "flag", "variant", "reason", "result", "source", "sink", "cause", "experiment"];

    [Fact]
    [Scenario("E8")]
    public async Task E08_ManyFlagsAndUsersMakeBoundedSeriesWithoutUserData()
    {
        const int Flags = 10_000, Users = 100_000;
        Source.Set(Document.Of(1, flags: string.Concat(Enumerable.Range(0, Flags).Select(flag => Document.Flag($"flag-{flag}") + ","))));
        var subject = await StartAsync(flags => flags.CountEvaluations().SendEventsTo(new InMemoryEventSink()), services: services => services.AddMetrics());
        for (var user = 0; user < Users; user++)
            subject.Client.IsEnabled($"flag-{user % Flags}", new EvaluationContext($"person-{user}") { ["email"] = $"{user}@example.com" });

        var series = Collect(subject.Services.GetRequiredService<IMeterFactory>());

        series.Should().HaveCountLessThan(Flags + 100);
        series.SelectMany(one => one).Select(tag => tag.Key).Distinct().Should().BeSubsetOf(ClosedTags);
        series.SelectMany(one => one).Select(tag => tag.Value?.ToString()).Should().NotContain(text => text!.Contains("person-", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    [Scenario("E8")]
    public async Task E08_FaultsOfSinksAndSourcesAreNoTags()
    {
        const string Text = "disk 7 of host db-3 is full";
        var source = new PlayedSource().Then(Experiment(1, 50)).Then(new SnapshotSourceException(Text));
        var sink = new PlayedSink { Sending = (_, _) => throw new EventSinkException(Text) { Kind = EventSinkFaultKind.Invalid } };
        var subject = Client(flags => flags.From(_ => source).SendEventsTo(sink).CountEvaluations().ConfigureEvents(events => events.MaxBatchEvents = 1), services: services => services.AddMetrics()).Start();
        await subject.VersionAsync(1);
        Expose(subject, 0, 1);
        subject.Client.GetString("checkout", Bait.Context, null);
        await Until.HoldsAsync(() => StatusOf(subject).Lost == 1);
        await subject.OutageAsync();

        var tags = Collect(subject.Services.GetRequiredService<IMeterFactory>()).SelectMany(one => one).ToList();

        tags.Select(tag => tag.Key).Distinct().Should().BeSubsetOf(ClosedTags);
        tags.Should().Contain(tag => tag.Key == "cause").And.Contain(tag => tag.Key == "reason");
        tags.Select(tag => tag.Value?.ToString()).Should().NotContain(text => text!.Contains("disk 7", StringComparison.Ordinal) || text.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    [Scenario("X7")]
    public async Task X07_NoFaultOfASinkPutsASecretOrAPersonIntoTheLog()
    {
        Server.Then(Reply.Status("401 Unauthorized")).Then(Reply.Status("500 " + Bait.ApiKey)).Then(Reply.Status("307 Temporary Redirect", $"Location: https://other.example.com/?key={Bait.ApiKey}"))
            .Then(Reply.Status("413 Payload Too Large")).Then(Reply.Status("400 " + Bait.ApiKey)).Otherwise(Reply.Ok(Bait.ApiKey));
        var subject = await StartAsync(flags => flags
            .SendEventsToHttp(http =>
            {
                (http.Address, http.Authorization) = (new Uri(Server.Address + "?key=" + Bait.ApiKey), Bait.Authorization);
                http.Headers["X-Api-Key"] = Bait.ApiKey;
            })
            .RecordExposures(exposures => exposures.Attributes.Add("email"))
            .ConfigureEvents(events => events.MaxBatchEvents = 2));

        subject.Client.IsEnabled("checkout", Bait.Context);
        subject.Client.Track("purchase", Bait.Context, double.NaN);
        subject.Client.Track("purchase", Bait.Context);
        await Clock.SkipPausesUntilAsync(() => StatusOf(subject).Queued == 0);
        subject.Logs.Should().Contain(line => line.Message.Contains("401", StringComparison.Ordinal));

        await EndAsync(subject);

        subject.Logs.Where(Bait.IsIn).Should().BeEmpty();
    }

    [Fact]
    [Scenario("X8")]
    public async Task X08_HourWithoutSourceAndSinkIsAHandfulOfLines()
    {
        Server.Then(Reply.Ok(Experiment(1, 50))).Otherwise(Reply.Status("503 Service Unavailable"));
        var sink = new PlayedSink { Sending = (_, _) => throw new EventSinkException("Down.") };
        var subject = Poll(client: flags => flags.SendEventsTo(sink).ConfigureEvents(events => (events.Capacity, events.MaxBatchEvents) = (100, 10)));
        await subject.VersionAsync(1);
        Expose(subject, 0, 2_000);

        var end = Clock.GetUtcNow().AddHours(1);
        await Clock.SkipPausesUntilAsync(() => Clock.GetUtcNow() >= end && sink.Calls > 10 && Server.Served > 10);

        subject.Warnings.Should().HaveCountLessThanOrEqualTo(10);
        await EndAsync(subject);
        StatusOf(subject).Should().BeEquivalentTo(new { Sent = 0L, Queued = 0L, Lost = 2_000L });
    }

    [Fact]
    [Scenario("X8")]
    public async Task X08_MillionQuestionsForAnUnknownFlagAreOneLine()
    {
        var subject = await StartAsync(static _ => { });

        var isAny = false;
        for (var i = 0; i < 1_000_000; i++)
            isAny |= subject.Client.IsEnabled("chekout", Bait.Context);

        isAny.Should().BeFalse();
        subject.Warnings.Should().ContainSingle().Which.Message.Should().Contain("'chekout'").And.Contain("'checkout'");
    }

    private static List<KeyValuePair<string, object?>[]> Collect(IMeterFactory meters)
    {
        var series = new List<KeyValuePair<string, object?>[]>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters))
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => series.Add(tags.ToArray()));
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => series.Add(tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => series.Add(tags.ToArray()));
        listener.Start();
        listener.RecordObservableInstruments();
        return series;
    }
}
