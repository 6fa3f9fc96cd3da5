using Polly;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The options of the way of events to the sinks. They hold for each sink of a client.</summary>
public sealed class EventPipelineOptions
{
    /// <summary>The number of whole events that wait for one sink, 1 to 1,000,000; 10,000 by default. Further ones become part of counts.</summary>
    public int Capacity { get; set; } = 10_000;

    /// <summary>The size of the whole events that wait for one sink, in bytes of JSON, about; 16 MiB by default, at least 1 KiB. Further ones become part of counts.</summary>
    public int MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The number of events in one batch, 1 to 100,000; 1,000 by default.</summary>
    public int MaxBatchEvents { get; set; } = 1_000;

    /// <summary>The size of one batch in bytes of JSON, about; 1 MiB by default, at least 1 KiB. A single larger event is a batch of its own.</summary>
    public int MaxBatchBytes { get; set; } = 1024 * 1024;

    /// <summary>The time after which waiting events are sent even if no batch is full, 10 milliseconds to an hour; 5 seconds by default.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The time limit of one call of a sink, up to an hour; 30 seconds by default.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after a sink denied access, 1 second to a day; 10 minutes by default.</summary>
    public TimeSpan AccessDeniedPause { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The time from a batch's first attempt after which it is given up, so that one batch cannot block all others for ever; a day by default, 1 second to 30
    /// days. With a <see cref="SpillFolder"/> such a batch goes aside meanwhile, and the others are sent; the time then begins anew with a restart.
    /// </summary>
    public TimeSpan MaxRetryTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The time limit of the flush when the host stops, and of the last one when the client is disposed, 0 to 10 minutes; 5 seconds by default. Events
    /// that are not delivered then are spilled if there is a <see cref="SpillFolder"/>, else counted as lost, and logged.
    /// </summary>
    public TimeSpan ShutdownDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The folder that events are spilled to while a sink cannot take them; null, the default, keeps them in memory only. A relative path starts at the host's content
    /// root, or without a host at <see cref="AppContext.BaseDirectory"/>. It is made where missing. Clients, sinks and processes may share it: each writes files
    /// of its own. Use a local disk.
    /// </summary>
    public string? SpillFolder { get; set; }

    /// <summary>The size of the spill of one sink, in bytes; 256 MiB by default, at least 1 MiB. When it is reached, further events wait in memory.</summary>
    public long MaxSpillBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>The user's resilience strategies for attempts; null for the default.</summary>
    internal Action<ResiliencePipelineBuilder>? Resilience { get; private set; }

    /// <summary>
    /// Replaces the strategies that repeat the attempts to deliver one batch. By default a batch is tried again twice after a fault of kind
    /// <see cref="EventSinkFaultKind.Unavailable"/>, after about half a second and one second, unless the sink asked for a pause. When the strategies give up, the
    /// batch stays, and a new round starts after a pause that grows to a minute. An attempt that fails throws an <see cref="EventSinkException"/>.
    /// Strategies cannot end the loop: only a delivery counts as one, and a round is over after ten minutes, or four times <see cref="AttemptTimeout"/> if that is longer.
    /// </summary>
    /// <param name="configure">Adds the strategies; none added means one attempt a round. The builder's clock is set already.</param>
    public void UseResilience(Action<ResiliencePipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Resilience = configure;
    }
}
