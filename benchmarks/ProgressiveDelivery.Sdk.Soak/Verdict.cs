using ProgressiveDelivery.Sdk.Soak.Measuring;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>What must not have happened.</summary>
internal static class Verdict
{
    // Connections come and go with the weather, and pools grow by a few; a leak of one a reconnection is far more.
    private const double HandlesAllowed = 12;
    private const double ThreadsAllowed = 8;
    private const double HeapAllowed = 48 * 1024 * 1024;

    /// <summary>All that is wrong; empty when it went well.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<Worker> workers, IReadOnlyList<Exception> unobserved, IReadOnlyList<Footprint> footprints, long applied)
    {
        foreach (var failure in workers.Select(worker => worker.Failure).OfType<Exception>().Concat(unobserved))
            yield return $"An exception: {failure}";
        if (workers.Sum(worker => worker.Wrong) is var wrong and > 0)
            yield return $"{wrong} answers were wrong.";
        if (workers.Sum(worker => worker.Allocated) is var allocated and > 0)
            yield return $"Evaluations allocated {allocated} bytes.";
        if (applied < 10)
            yield return $"Only {applied} snapshots were applied, so that there was nothing to see.";
        if (Growth(footprints, one => one.Handles) is var handles and > HandlesAllowed)
            yield return $"Handles grew by {handles:F0}.";
        if (Growth(footprints, one => one.Threads) is var threads and > ThreadsAllowed)
            yield return $"Threads grew by {threads:F0}.";
        if (Growth(footprints, one => one.Heap) is var heap and > HeapAllowed)
            yield return $"The heap grew by {heap / 1048576:F0} MiB.";
    }

    private static double Growth(IReadOnlyList<Footprint> footprints, Func<Footprint, double> value) =>
        Trend.Growth([.. footprints.Select(one => (one.At.TotalSeconds, value(one)))]);
}
