using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Benchmarks.Events;

/// <summary>The result of many exposures while the sink takes nothing.</summary>
/// <param name="Offered">Exposures of distinct units.</param>
/// <param name="PerSecond">The rate that was reached.</param>
/// <param name="Memory">Bytes that live on the heap before the sink takes the first event, less those before the first exposure.</param>
/// <param name="Status">The numbers of the sink after the client has ended.</param>
/// <param name="Seen">Events that the sink saw, whole or within counts.</param>
internal sealed record Overload(long Offered, double PerSecond, long Memory, EventSinkStatus Status, long Seen)
{
    private const int Rate = 50_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public static TimeSpan Held { get; } = TimeSpan.FromSeconds(10);

    public bool IsBalanced => Status.Queued == 0 && Offered == Status.Sent + Status.Lost + Status.Deferred && Seen == Status.Sent;

    public static async Task<Overload> MeasureAsync()
    {
        var sink = new HeldSink();
        var provider = ExperimentClient.Services(flags => flags.SendEventsTo(sink));
        var features = provider.GetRequiredService<IFeatureClient>();
        features.IsEnabled("unknown", Callers.Context);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (offered, perSecond) = Offer(features);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        sink.Release();
        while (features.Status.EventSinks[0].Queued > 0)
            await Task.Delay(Look);
        await provider.DisposeAsync();
        return new(offered, perSecond, memory, features.Status.EventSinks[0], sink.Seen);
    }

    private static (long Offered, double PerSecond) Offer(IFeatureClient features)
    {
        var start = Stopwatch.GetTimestamp();
        var offered = 0L;
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < Held)
        {
            for (var due = (long)(elapsed.TotalSeconds * Rate); offered < due; offered++)
                features.IsEnabled(ExperimentClient.Key, new EvaluationContext(string.Create(CultureInfo.InvariantCulture, $"unit-{offered}")));
            Thread.Sleep(1);
        }

        return (offered, offered / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private sealed class HeldSink : IEventSink
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _seen;

        public string Name => "held";

        public long Seen => Volatile.Read(ref _seen);

        public void Release() => _released.SetResult();

        public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            await _released.Task;
            Interlocked.Add(ref _seen, batch.Events.Count + batch.Counts.Sum(static count => count.Count));
        }
    }
}
