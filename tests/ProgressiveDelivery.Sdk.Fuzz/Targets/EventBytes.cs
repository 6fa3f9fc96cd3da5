using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Reads bytes as the body of a response that goes on.</summary>
internal static class EventBytes
{
    private static readonly HttpFaults Faults = new("fuzz");

    /// <summary>All events up to the end, or up to what a source may refuse.</summary>
    public static IReadOnlyList<StreamEvent> Read(byte[] bytes, int piece, int limit)
    {
        var events = new List<StreamEvent>();
        using var response = new HttpResponseMessage { Content = new StreamContent(new Pieces(bytes, piece)) };
        using var connection = Now(EventConnection.OpenAsync(response, isResumed: false, new(limit, StreamEvent.HasData), Faults, default));
        try
        {
            while (Now(connection.NextAsync(default)) is { } next)
                events.Add(next);
        }
        catch (SnapshotSourceException fault)
        {
            Promise.Holds(fault.Message.Length > 20);
        }

        return events;
    }

    // The bytes are there, so nothing waits.
    private static T Now<T>(ValueTask<T> task)
    {
        Promise.Holds(task.IsCompleted);
        return task.Result;
    }
}
