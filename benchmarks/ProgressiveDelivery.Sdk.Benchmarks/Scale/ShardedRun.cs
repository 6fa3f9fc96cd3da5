using System.Diagnostics;
using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Benchmarks.Scale;

/// <summary>Analyzes events on two ClickHouse servers of its own, with each unit on one of them.</summary>
internal static class ShardedRun
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--shards";

    private const int Shards = 2;
    private const int Units = 1_000_000;
    private const int Outcomes = 3_000_000;

    public static async Task<int> RunAsync(TextWriter output)
    {
        if (ClickHouseServers.Lack is { } lack)
        {
            await output.WriteLineAsync(lack);
            return 1;
        }

        await using var servers = await ClickHouseServers.StartAsync(Shards);
        await servers.LoadAsync(new EventGenerator(ScaleRun.Seed).Lines(Units, Outcomes));
        var loaded = servers.PeakMemory.ToList();
        var start = Stopwatch.GetTimestamp();
        var data = await new ClickHouseEvents(servers.Shards[0]).ReadAsync(ScalePlan.Plan);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var report = ExperimentAnalysis.Judge(ScalePlan.Plan, data, ScalePlan.Now);
        await output.WriteLineAsync("| rows | units | outcomes that count | seconds | peak memory of the servers, MiB | after loading | verdict |");
        await output.WriteLineAsync("| ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"| {data.Counts.Lines:#,##0} | {data.Counts.Units:#,##0} | {data.Counts.OutcomesKept:#,##0} | {seconds:0.0} | {Memory(servers.PeakMemory)} | {Memory(loaded)} | {report.Verdict.Kind} |"));
        return 0;
    }

    private static string Memory(IEnumerable<long> bytes) => string.Join(" and ", bytes.Select(peak => (peak / 1048576).ToString("#,##0", CultureInfo.InvariantCulture)));
}
