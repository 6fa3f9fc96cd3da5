using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Benchmarks.Events;

/// <summary>Measures the way of events from an evaluation to each kind of sink, and through a sink that takes nothing for a while.</summary>
internal static class EventsRun
{
    public static async Task<int> RunAsync(TextWriter output)
    {
        var rates = await MeasureAsync();
        await output.WriteLineAsync("| sink      |  events/s | of in-memory |  B/event | aggregated | lost |");
        await output.WriteLineAsync("| --------- | --------: | -----------: | -------: | ---------: | ---: |");
        foreach (var rate in rates)
            await WriteAsync(output, $"| {rate.Sink,-9} | {rate.EventsPerSecond,9:#,##0} | {rate.EventsPerSecond / rates[0].EventsPerSecond,11:0%} | {rate.BytesPerEvent,8:#,##0} | {rate.Aggregated,10} | {rate.Lost,4} |");

        var overload = await Overload.MeasureAsync();
        await output.WriteLineAsync();
        await WriteAsync(output, $"Overload: {overload.Offered:#,##0} exposures of distinct units at {overload.PerSecond:#,##0}/s, while the sink took nothing for {Overload.Held.TotalSeconds:0} s; default options.");
        await WriteAsync(output, $"Memory: {overload.Memory / 1048576.0:0.0} MiB more than before. Sent {overload.Status.Sent:#,##0}, of them aggregated {overload.Status.Aggregated:#,##0}; lost {overload.Status.Lost:#,##0}, deferred {overload.Status.Deferred:#,##0}, queued {overload.Status.Queued:#,##0}. The sink saw {overload.Seen:#,##0}.");
        await output.WriteLineAsync(overload.IsBalanced ? "It balances." : "FAILED: the numbers do not balance.");
        return overload.IsBalanced ? 0 : 1;
    }

    private static async Task<List<SinkRate>> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("event-rates-").FullName;
        try
        {
            await using var server = new LoopbackCollector();
            return
            [
                await SinkRate.MeasureAsync("in-memory", flags => flags.SendEventsTo(new InMemoryEventSink())),
                await SinkRate.MeasureAsync("logger", flags => flags.SendEventsToLogger(), static services => services.AddLogging(static logging => logging.AddProvider(new DeafLog()))),
                await SinkRate.MeasureAsync("file", flags => flags.SendEventsToFile(Path.Combine(folder, "rates"))),
                await SinkRate.MeasureAsync("HTTP", flags => flags.SendEventsToHttp(server.Address)),
                await SinkRate.MeasureAsync("HTTP, raw", flags => flags.SendEventsToHttp(http => (http.Address, http.Compress) = (new(server.Address), false))),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task WriteAsync(TextWriter output, FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));
}
