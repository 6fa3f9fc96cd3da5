using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>Clients whose events go to disk while their collector is away.</summary>
public abstract class SpillScenario : EventScenario
{
    protected SpillScenario() => Time = new(Clock);

    private protected DiskClock Time { get; }

    private protected string Spill => Folder.File("spill");

    private protected string[] Segments => Directory.GetFiles(Spill, "*.jsonl");

    /// <summary>Starts a client, with one attempt to a round and all the time for it.</summary>
    private protected Task<Subject> StartAsync(PlayedSink sink, Action<EventPipelineOptions>? configure = null) => StartAsync(
        flags => flags.SendEventsTo(sink).ConfigureEvents(events =>
        {
            (events.SpillFolder, events.AttemptTimeout, events.MaxRetryTime) = (Spill, TimeSpan.FromHours(1), TimeSpan.FromDays(30));
            events.UseResilience(_ => { });
            configure?.Invoke(events);
        }),
        Time);

    /// <summary>Lets flush intervals and pauses pass until something holds. While the disk works, time stands still, however slow the machine is.</summary>
    private protected Task PassUntilAsync(Func<bool> condition) => Clock.PassTimersUntilAsync(condition, FlushInterval, () => Time.IsDiskBusy);

    // A call that was cut off by the time that passes is made again, with the same ids.
    private protected static int DifferentEvents(PlayedSink sink) => sink.Exposures.DistinctBy(exposure => exposure.Id).Count();

    private protected static IEnumerable<FakeLogRecord> SpillWarnings(Subject subject) => subject.Warnings.Where(line => line.Id.Name == "SpillFailed");

    private protected static Task AwayAsync(EventBatch batch, CancellationToken token) => throw new IOException("The collector does not answer.");
}
