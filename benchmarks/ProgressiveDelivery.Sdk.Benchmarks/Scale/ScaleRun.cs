using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

namespace ProgressiveDelivery.Sdk.Benchmarks.Scale;

/// <summary>Analyzes files of more and more events, each in a process of its own, and prints time and peak memory.</summary>
internal static class ScaleRun
{
    /// <summary>The seed of the events.</summary>
    public const int Seed = 20261130;

    // 10⁵ to 10⁷; among them 1,000,000 exposures with 3,000,000 outcomes.
    private static readonly int[] DefaultSizes = [100_000, 1_000_000, 4_000_000, 10_000_000];

    public static async Task<int> RunAsync(TextWriter output, string[] arguments)
    {
        if (arguments is [OneAnalysis.Argument, var file])
            return await OneAnalysis.PrintAsync(output, file);
        if (arguments is [ShardedRun.Argument])
            return await ShardedRun.RunAsync(output);
        if (!TrySizes(arguments, out var sizes))
        {
            await output.WriteLineAsync("Write '-- analysis', or '-- analysis 100000 1000000' for other numbers of events, each from 1,000 to 100,000,000, or '-- analysis --shards' for two ClickHouse servers.");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("analysis-scale-").FullName;
        try
        {
            await MeasureAsync(output, folder, sizes);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(TextWriter output, string folder, int[] sizes)
    {
        await output.WriteLineAsync("| events | lines | file, MiB | seconds | processor, s | verdict, ms | events/s | processor, µs/event | of the row before | peak memory, MiB |");
        await output.WriteLineAsync("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var before = 0.0;
        foreach (var size in sizes)
        {
            var file = Path.Combine(folder, "events.jsonl");
            await File.WriteAllLinesAsync(file, new EventGenerator(Seed).Lines(size / 4, size - (size / 4)));
            var result = await OneAnalysis.InProcessAsync(file);
            var cost = result.Processor * 1e6 / size;
            var ratio = before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{cost / before:0.00}");
            before = cost;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"| {size:#,##0} | {result.Lines:#,##0} | {new FileInfo(file).Length / 1048576.0:#,##0} | {result.Reading:0.0} | {result.Processor:0.0} | {result.Judging * 1000:0.0} | {size / result.Reading:#,##0} | {cost:0.00} | {ratio} | {result.Peak / 1048576.0:#,##0} |"));
            File.Delete(file);
        }
    }

    private static bool TrySizes(string[] arguments, out int[] sizes)
    {
        var isRight = true;
        sizes = arguments.Length == 0 ? DefaultSizes : [.. arguments.Select(Size)];
        return isRight;

        int Size(string text)
        {
            isRight &= int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1_000 and <= 100_000_000;
            return size;
        }
    }
}
