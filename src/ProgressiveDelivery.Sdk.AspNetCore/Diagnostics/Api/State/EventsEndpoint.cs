namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.State;

/// <summary>Answers with the sinks of events.</summary>
internal static class EventsEndpoint
{
    public static ApiAnswer Answer(ApiCall call) => ApiAnswer.Of(new EventsContent { Sinks = call.View.Status.EventSinks.Select(SinkContent.Of) }, ApiJson.Default.EventsContent);
}

/// <summary>The sinks of events.</summary>
internal sealed record EventsContent : ApiContent
{
    public required IEnumerable<SinkContent> Sinks { get; init; }
}

/// <summary>A sink, and what became of its events.</summary>
internal sealed record SinkContent
{
    public required string Sink { get; init; }

    /// <summary>The events accepted: each is queued, sent or lost.</summary>
    public required long Accepted { get; init; }

    public required long Queued { get; init; }

    public required long Sent { get; init; }

    public required long Lost { get; init; }

    public required IEnumerable<LossContent> Losses { get; init; }

    public required long Aggregated { get; init; }

    public required long Deferred { get; init; }

    public required long Spilled { get; init; }

    public required long SpilledBytes { get; init; }

    public required long Recovered { get; init; }

    public string? SpillFault { get; init; }

    public string? Fault { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public static SinkContent Of(EventSinkStatus sink) => new()
    {
        Sink = sink.Sink,
        Accepted = sink.Queued + sink.Sent + sink.Lost,
        Queued = sink.Queued,
        Sent = sink.Sent,
        Lost = sink.Lost,
        Losses = sink.LostByCause.OrderBy(static loss => loss.Key).Select(static loss => new LossContent(loss.Key, loss.Value)),
        Aggregated = sink.Aggregated,
        Deferred = sink.Deferred,
        Spilled = sink.Spilled,
        SpilledBytes = sink.SpilledBytes,
        Recovered = sink.Recovered,
        SpillFault = sink.SpillFault,
        Fault = sink.Fault,
        FailingSince = sink.FailingSince,
    };
}

/// <summary>The events lost for one cause.</summary>
internal sealed record LossContent(EventLossCause Cause, long Events);
