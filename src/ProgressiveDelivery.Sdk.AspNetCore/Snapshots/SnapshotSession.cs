using System.Text;
using ProgressiveDelivery.Sdk.Sources.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>One open stream: a place in the ring of events, and nothing else.</summary>
internal sealed class SnapshotSession(SnapshotHub hub, PacedOutput output)
{
    private static readonly ReadOnlyMemory<byte> EndOfEvent = "\n"u8.ToArray();

    private long _place;

    /// <summary>Writes events until the reader has gone, the host stops, or the rules can no longer be served.</summary>
    /// <param name="lastEventId">The place after which to begin; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="TimeoutException">The reader takes nothing; its connection is cut.</exception>
    /// <exception cref="OperationCanceledException">The reader has gone, or the host stops.</exception>
    public async Task RunAsync(string? lastEventId, CancellationToken cancellationToken)
    {
        var now = hub.Now;
        if (!await TryResumeAsync(StreamPlace.Parse(lastEventId), now).ConfigureAwait(false))
            await BeginAsync().ConfigureAwait(false);
        await PulseAsync().ConfigureAwait(false);
        var beat = now.Beat;
        while (hub.State.Fault is null)
        {
            now = hub.Now;
            if (now.Ring.After(_place) is { } events)
                await WriteAsync(events).ConfigureAwait(false);
            else
                await BeginAsync().ConfigureAwait(false);
            if (now.Beat != beat)
                await PulseAsync().ConfigureAwait(false);
            beat = now.Beat;
            await now.Next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryResumeAsync(StreamPlace? last, HubMoment now)
    {
        if (last is not { } place)
            return false;
        if (place.Run == hub.Run && now.Ring.After(place.Sequence) is not null)
        {
            _place = place.Sequence;
            return true;
        }

        var state = hub.State;
        if (state.Since(place.Version) is not { } events)
            return false;
        await WriteAsync(state, events).ConfigureAwait(false);
        return true;
    }

    private Task BeginAsync()
    {
        var state = hub.Begin();
        return WriteAsync(state, state.Beginning);
    }

    // Only the last one has an id: a reader that breaks off in the middle begins again.
    private async Task WriteAsync(SnapshotFeedState state, IReadOnlyList<SnapshotFeedEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
            await WriteAsync(events[i], i == events.Count - 1 ? new(hub.Run, state.Sequence, state.Version) : null).ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
        _place = state.Sequence;
    }

    private async Task WriteAsync(ReadOnlyMemory<RingEvent> events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            var (next, rulesVersion) = events.Span[i];
            await WriteAsync(next, new(hub.Run, next.Sequence, rulesVersion)).ConfigureAwait(false);
            _place = next.Sequence;
        }

        if (events.Length > 0)
            await output.FlushAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync(SnapshotFeedEvent next, StreamPlace? place)
    {
        foreach (var piece in EventText.Of(next).Pieces)
            await output.WriteAsync(piece).ConfigureAwait(false);
        if (place is not null)
            await output.WriteAsync(Encoding.ASCII.GetBytes($"id: {place}\n")).ConfigureAwait(false);
        await output.WriteAsync(EndOfEvent).ConfigureAwait(false);
        hub.Meter?.Sent();
    }

    private async Task PulseAsync()
    {
        await output.WriteAsync(hub.Pulse).ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
    }
}
