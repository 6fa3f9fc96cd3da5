using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>A pipeline with a clock and a log of its own.</summary>
internal sealed class EventPipelineFixture : IAsyncDisposable
{
    public EventTime Clock { get; } = new();

    public FakeLogger Log { get; } = new();

    /// <summary>The interval is like no limit.</summary>
    public EventPipelineOptions Options { get; } = new() { FlushInterval = TimeSpan.FromSeconds(7) };

    public EventPipeline Pipeline { get; private set; } = null!;

    public EventSinkStatus Status => Pipeline.Status[0];

    /// <summary>What a sink that hangs in every attempt reaches.</summary>
    public TimeSpan[] AttemptTimeouts => [.. Enumerable.Repeat(Options.AttemptTimeout, 1_000)];

    public string[] Warnings => [.. Log.Collector.GetSnapshot().Where(line => line.Level == LogLevel.Warning).Select(line => line.Message)];

    public EventPipeline Make(params IEventSink[] sinks) =>
        Pipeline = new([.. EventSinkHandle.Of(sinks.Select(sink => (sink, IsOwned: true))).Select(sink => new EventChannel(sink, Options, Log, "shop", Clock, new Random(1)))]);

    public EventPipeline Start(params IEventSink[] sinks)
    {
        Make(sinks).Start();
        return Pipeline;
    }

    /// <summary>
    /// Lets the pauses of the loops pass until something holds. A limit, which something that hangs would reach, runs out only where it
    /// is named, once each time: however slow the machine is, no other does.
    /// </summary>
    public Task PassAsync(Func<bool> until, params TimeSpan[] limits)
    {
        var left = limits.ToList();
        return Clock.PassPausesAsync(
            until,
            timer => timer.IsDelay || timer.Length == Options.FlushInterval || left.Contains(timer.Length),
            timer => _ = !timer.IsDelay && left.Remove(timer.Length));
    }

    /// <summary>Lets the pauses of the loops pass until a task is done, and fails with it.</summary>
    public async Task PassAsync(Task task, params TimeSpan[] limits)
    {
        await PassAsync(() => task.IsCompleted, limits);
        await task;
    }

    /// <summary>Lets everything that hangs run out of time, until a task is done.</summary>
    public async Task PassAllAsync(Task task)
    {
        await Clock.PassPausesAsync(() => task.IsCompleted, _ => true, _ => { });
        await task;
    }

    public void Enqueue(params string[] ids)
    {
        foreach (var id in ids)
            Pipeline.TryEnqueue(SomeEvents.Exposure(id));
    }

    public async ValueTask DisposeAsync() => await PassAllAsync(Pipeline.StopAsync());
}
