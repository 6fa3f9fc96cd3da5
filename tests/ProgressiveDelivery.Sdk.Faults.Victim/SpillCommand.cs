using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>
/// Records exposures in rounds, while the collector does not answer, and waits after each until all of them are on disk. Tells how many units that are. After the
/// last round it waits to be killed.
/// </summary>
internal static class SpillCommand
{
    private const int UnitsOfRound = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public static async Task RunAsync(string document, string folder, string prefix, int rounds)
    {
        var source = new InMemorySnapshotSource(document);
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.From(_ => source).SendEventsTo(new AbsentCollector()).ConfigureEvents(events => Configure(events, folder)))
            .BuildServiceProvider();
        var features = provider.GetRequiredService<IFeatureClient>();
        await features.WaitUntilReadyAsync();
        for (var units = 0; units < rounds * UnitsOfRound;)
        {
            for (var end = units + UnitsOfRound; units < end; units++)
                features.IsEnabled("checkout", new EvaluationContext(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{units}")));
            while (!AreOnDisk(features))
                await Task.Delay(Pause);
            Console.WriteLine(units);
        }

        await Task.Delay(Timeout.Infinite);
    }

    private static void Configure(EventPipelineOptions events, string folder)
    {
        (events.SpillFolder, events.FlushInterval, events.MaxBatchEvents) = (folder, TimeSpan.FromMilliseconds(10), 30);
        events.UseResilience(_ => { });
    }

    // Two statuses with one number queued: none was added while the number on disk was read.
    private static bool AreOnDisk(IFeatureClient features)
    {
        var (first, second) = (features.Status.EventSinks[0], features.Status.EventSinks[0]);
        return first.Queued == first.Spilled && second.Queued == first.Queued;
    }

    private sealed class AbsentCollector : IEventSink
    {
        public string Name => "collector";

        public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken) => throw new IOException("The collector does not answer.");
    }
}
