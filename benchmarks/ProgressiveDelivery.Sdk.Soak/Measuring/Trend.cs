namespace ProgressiveDelivery.Sdk.Soak.Measuring;

/// <summary>Whether something grows: the line of least squares through its samples.</summary>
internal static class Trend
{
    /// <summary>How much it grew from the first sample to the last, by the line; negative where it shrank.</summary>
    public static double Growth(IReadOnlyList<(double At, double Value)> samples)
    {
        if (samples.Count < 3)
            return 0;
        var (at, value) = (samples.Average(sample => sample.At), samples.Average(sample => sample.Value));
        var along = samples.Sum(sample => (sample.At - at) * (sample.At - at));
        var slope = samples.Sum(sample => (sample.At - at) * (sample.Value - value)) / along;
        return slope * (samples[^1].At - samples[0].At);
    }
}
