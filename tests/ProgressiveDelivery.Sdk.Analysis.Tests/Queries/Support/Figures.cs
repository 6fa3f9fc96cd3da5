using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>All numbers of an analysis by name, for comparisons.</summary>
internal static class Figures
{
    // Variances and covariances are subject to rounding; everything else is exact for amounts that are multiples of 1/4.
    private const double Tolerance = 1e-12;

    public static SortedDictionary<string, double?> Of(ExperimentData data)
    {
        var figures = Of(data.Counts);
        foreach (var variant in data.Variants)
        {
            figures[$"{variant.Variant}.units"] = variant.Units;
            figures[$"{variant.Variant}.crossovers"] = variant.Crossovers;
            foreach (var (day, units) in variant.UnitsByDay)
                figures[$"{variant.Variant}.units.{day:O}"] = units;
            foreach (var (key, metric) in variant.Metrics)
                Add(figures, $"{variant.Variant}.{key}", metric);
        }
        return figures;
    }

    public static SortedDictionary<string, double?> Of(EventCounts counts)
    {
        var figures = new SortedDictionary<string, double?>(StringComparer.Ordinal);
        foreach (var property in typeof(EventCounts).GetProperties())
            figures[property.Name] = Convert.ToDouble(property.GetValue(counts), CultureInfo.InvariantCulture);
        return figures;
    }

    /// <summary>Fails unless all numbers are there on both sides and equal.</summary>
    public static void ShouldEqual(ExperimentData actual, ExperimentData expected, bool withLines = true)
    {
        var (left, right) = (Of(actual), Of(expected));
        left.Keys.Should().Equal(right.Keys);
        var faults = left.Where(figure => !(Fits(figure.Key, figure.Value, right[figure.Key]) || (!withLines && figure.Key.EndsWith("Lines", StringComparison.Ordinal))))
            .Select(figure => $"{figure.Key}: {figure.Value:R} instead of {right[figure.Key]:R}");
        string.Join("\n", faults.Take(20)).Should().BeEmpty();
    }

    private static bool Fits(string name, double? actual, double? expected)
    {
        if (actual is null || expected is null || !name.Contains("ariance", StringComparison.Ordinal))
            return actual.Equals(expected);
        return Math.Abs(actual.Value - expected.Value) <= Math.Max(Tolerance * Math.Abs(expected.Value), Tolerance);
    }

    private static void Add(SortedDictionary<string, double?> figures, string name, MetricData metric)
    {
        figures[$"{name}.cap"] = metric.Cap;
        if (metric.Total is not null)
            Add(figures, name, metric.Total);
        foreach (var (day, moments) in metric.Days)
            Add(figures, $"{name}.{day:O}", moments);
        if (metric.Quantile is null)
            return;
        foreach (var property in typeof(QuantileData).GetProperties())
            figures[$"{name}.{property.Name}"] = property.GetValue(metric.Quantile) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;
    }

    private static void Add(SortedDictionary<string, double?> figures, string name, Moments moments)
    {
        foreach (var property in typeof(Moments).GetProperties())
            figures[$"{name}.{property.Name}"] = Convert.ToDouble(property.GetValue(moments), CultureInfo.InvariantCulture);
    }
}
