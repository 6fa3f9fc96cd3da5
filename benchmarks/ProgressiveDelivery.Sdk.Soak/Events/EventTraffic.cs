using System.Globalization;

namespace ProgressiveDelivery.Sdk.Soak.Events;

/// <summary>The way of events from their offering to the sink, with the numbers at both ends and those of the client.</summary>
internal sealed class EventTraffic(IFeatureClient features, FlappingSink sink)
{
    private readonly Shopper _shopper = new(features);

    /// <summary>The numbers of the client, now.</summary>
    public EventSinkStatus Status => features.Status.EventSinks.Single();

    public SinkMood Mood => sink.Mood;

    public IEnumerable<Task> Start(CancellationToken cancellationToken) =>
        [Task.Run(() => _shopper.RunAsync(cancellationToken), CancellationToken.None), sink.RunAsync(cancellationToken)];

    /// <summary>Contradictions between the numbers, once the client has ended; empty if they balance to the event.</summary>
    public IEnumerable<string> Faults()
    {
        var status = Status;
        if (status.Queued != 0)
            yield return Text($"{status.Queued} events are still queued, though the client has ended.");
        if (Accepted != status.Sent + status.Lost)
            yield return Text($"{Accepted} events were accepted, but {status.Sent} sent and {status.Lost} lost.");
        if (Seen != status.Sent)
            yield return Text($"The sink saw {Seen} events, but the client counts {status.Sent} as sent.");
        if (sink.Received.Repeated > 0)
            yield return Text($"{sink.Received.Repeated} events or counts were delivered again after a delivery.");
        if (sink.Received.Wrong > 0)
            yield return Text($"{sink.Received.Wrong} outcomes or counts had another value than was tracked.");
        if (status.Sent < _shopper.Exposures / 100)
            yield return Text($"Only {status.Sent} events were sent, so that there was nothing to see.");
    }

    /// <summary>Prints the numbers, once the client has ended.</summary>
    public void Summary()
    {
        var status = Status;
        Report.Line($"Events: {_shopper.Exposures:N0} exposures and {_shopper.Outcomes:N0} outcomes offered, {status.Deferred:N0} deferred, {Accepted:N0} accepted = {status.Sent:N0} sent + {status.Lost:N0} lost + {status.Queued:N0} queued; {status.Aggregated:N0} of them aggregated.");
        Report.Line($"Lost by cause: {Causes(status)}. The sink saw {sink.Received.Whole:N0} whole events and {sink.Received.Counted:N0} within counts; {sink.Again:N0} batches came again with the same id. Calls: {string.Join(", ", sink.Calls.Select(calls => Text($"{calls.Key} {calls.Value:N0}")))}.");
    }

    // Each unit is exposed once only: what is deferred is not offered again.
    private long Accepted => _shopper.Exposures + _shopper.Outcomes - Status.Deferred;

    private long Seen => sink.Received.Whole + sink.Received.Counted;

    private static string Causes(EventSinkStatus status) =>
        status.LostByCause.Count == 0 ? "none" : string.Join(", ", status.LostByCause.Select(loss => Text($"{loss.Key} {loss.Value:N0}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
