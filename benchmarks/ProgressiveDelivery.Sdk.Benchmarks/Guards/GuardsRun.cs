using System.Globalization;
using ProgressiveDelivery.Sdk.Benchmarks.Experiments;

namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>Repeats simulated guards, and prints how often they trip without reason, and how soon with one. The same number of guards prints the same.</summary>
internal static class GuardsRun
{
    private const int Guards = 10_000;

    // A history of 100,000 outcomes for each is most of the time.
    private const int GuardsPerRise = 20;

    public static int Run(TextWriter output, string[] arguments)
    {
        if (arguments is not [] and not [_] || !TryGuards(arguments, out var guards))
        {
            output.WriteLine("Write '-- guards', or '-- guards 1000' for another number of guards than 10,000, which take some minutes on two cores.");
            return 1;
        }

        var page = new Markdown(output);
        LimitTrips.Write(page, guards);
        ComparisonTrips.Write(page, guards);
        LimitTimes.Write(page, guards);
        ComparisonTimes.Write(page, Math.Max(1, guards / GuardsPerRise));
        return 0;
    }

    private static bool TryGuards(string[] arguments, out int guards)
    {
        guards = Guards;
        return arguments is [] || (int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out guards) && guards > 0);
    }
}
