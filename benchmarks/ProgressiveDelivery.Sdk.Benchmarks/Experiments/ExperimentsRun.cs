using System.Globalization;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments;

/// <summary>Repeats simulated experiments, and prints how often the methods of the analysis are right. The same number of runs prints the same.</summary>
internal static class ExperimentsRun
{
    private const int Runs = 10_000;

    public static int Run(TextWriter output, string[] arguments)
    {
        if (arguments is not [] and not [_] || !TryRuns(arguments, out var runs))
        {
            output.WriteLine("Write '-- experiments', or '-- experiments 1000' for another number of runs than 10,000.");
            return 1;
        }

        var page = new Markdown(output);
        FalsePositives.Write(page, runs);
        Splits.Write(page, runs);
        Effects.Write(page, runs);
        SmallCounts.Write(page);
        return 0;
    }

    private static bool TryRuns(string[] arguments, out int runs)
    {
        runs = Runs;
        return arguments is [] || (int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out runs) && runs > 0);
    }
}
