using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Benchmarks.Events;

/// <summary>The rate at which exposures get from evaluations on one thread to a sink.</summary>
/// <param name="Sink">The kind of sink.</param>
/// <param name="EventsPerSecond">Recorded and delivered, from the first evaluation to the last delivery.</param>
/// <param name="BytesPerEvent">Allocated by the whole process for it: a receiver in this process is included.</param>
/// <param name="Aggregated">Events that became part of a count.</param>
/// <param name="Lost">Events that the sink did not receive.</param>
internal sealed record SinkRate(string Sink, double EventsPerSecond, double BytesPerEvent, long Aggregated, long Lost)
{
    private const int Events = 200_000;
    private const int Rounds = 3;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);
    private static readonly EvaluationContext[] Units = [.. Enumerable.Range(0, Events).Select(static unit => new EvaluationContext(string.Create(CultureInfo.InvariantCulture, $"unit-{unit}")))];

    /// <summary>Measures a few rounds, and returns the best one: the first compile code, and others may want the processors.</summary>
    public static async Task<SinkRate> MeasureAsync(string sink, Action<ProgressiveDeliveryBuilder> send, Action<IServiceCollection>? log = null)
    {
        var rounds = new List<SinkRate>();
        for (var round = 0; round < Rounds; round++)
        {
            IServiceCollection services = new ServiceCollection();
            log?.Invoke(services);
            rounds.Add(await OnceAsync(sink, send, services));
        }

        return rounds.MaxBy(rate => rate.EventsPerSecond)!;
    }

    private static async Task<SinkRate> OnceAsync(string sink, Action<ProgressiveDeliveryBuilder> send, IServiceCollection services)
    {
        await using var provider = ExperimentClient.Services(flags => { Roomy(flags); send(flags); }, services);
        var features = provider.GetRequiredService<IFeatureClient>();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        foreach (var unit in Units)
            features.IsEnabled(ExperimentClient.Key, unit);
        while (features.Status.EventSinks[0].Queued > 0)
            await Task.Delay(Look);
        var elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        var status = features.Status.EventSinks[0];
        return new(sink, status.Sent / elapsed.TotalSeconds, bytes / (double)Events, status.Aggregated, status.Lost);
    }

    // The queue takes everything, so that the sink's own rate shows.
    private static void Roomy(ProgressiveDeliveryBuilder flags) => flags.ConfigureEvents(static events =>
    {
        (events.Capacity, events.MaxQueuedBytes) = (1_000_000, int.MaxValue);
        events.FlushInterval = TimeSpan.FromMilliseconds(50);
    });
}
