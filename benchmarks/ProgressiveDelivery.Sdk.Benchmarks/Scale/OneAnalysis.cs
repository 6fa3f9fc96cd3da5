using System.Diagnostics;
using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Benchmarks.Scale;

/// <summary>One analysis in a process of its own, so that its peak of memory is its own.</summary>
/// <param name="Lines">The lines that were read.</param>
/// <param name="Reading">The seconds from the first line to the sufficient statistics.</param>
/// <param name="Processor">The seconds of processor time that it took, on all threads, which do not depend on what else runs.</param>
/// <param name="Judging">The seconds from there to the verdict.</param>
/// <param name="Peak">The greatest resident memory of the process, in bytes, with the runtime and DuckDB.</param>
/// <param name="Verdict">The kind of the verdict.</param>
internal sealed record OneAnalysis(long Lines, double Reading, double Processor, double Judging, long Peak, string Verdict)
{
    /// <summary>The argument of the process that analyzes a file.</summary>
    public const string Argument = "--file";

    /// <summary>Analyzes a file, and prints the result on one line.</summary>
    public static async Task<int> PrintAsync(TextWriter output, string file)
    {
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var data = await new DuckDbEvents([file], new() { TempFolder = Path.GetDirectoryName(file) }).ReadAsync(ScalePlan.Plan);
        var read = Stopwatch.GetTimestamp();
        process.Refresh();
        processor = process.TotalProcessorTime - processor;
        var report = ExperimentAnalysis.Judge(ScalePlan.Plan, data, ScalePlan.Now);
        var judged = Stopwatch.GetTimestamp();
        process.Refresh();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{data.Counts.Lines} {Stopwatch.GetElapsedTime(start, read).TotalSeconds:R} {processor.TotalSeconds:R} {Stopwatch.GetElapsedTime(read, judged).TotalSeconds:R} {process.PeakWorkingSet64} {report.Verdict.Kind}"));
        return 0;
    }

    /// <summary>Starts this program again to analyze a file, and returns its result.</summary>
    public static async Task<OneAnalysis> InProcessAsync(string file)
    {
        var program = Environment.ProcessPath!;
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(OneAnalysis).Assembly.Location] : [];
        using var process = Process.Start(new ProcessStartInfo(program, [.. own, "analysis", Argument, file]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The analysis of '{file}' ended with exit code {process.ExitCode}.");
        var parts = text.Trim().Split(' ');
        return new(
            long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture),
            double.Parse(parts[2], CultureInfo.InvariantCulture), double.Parse(parts[3], CultureInfo.InvariantCulture),
            long.Parse(parts[4], CultureInfo.InvariantCulture), parts[5]);
    }
}
