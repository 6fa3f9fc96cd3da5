using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Series;

/// <summary>
/// The variants of a report as series of units per day. There are six marks, so that of more than six variants the smallest are folded into one series, "other".
/// </summary>
internal sealed class ReportSeries
{
    /// <summary>The mark of the folded variants.</summary>
    public const int OtherSlot = 5;

    private const int MaxSeries = 6;

    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    public ReportSeries(ExperimentReport report)
    {
        Days = report.Days;
        var (plan, data) = (report.Plan, report.Data.Variants.ToDictionary(variant => variant.Variant, StringComparer.Ordinal));
        var single = Singles(plan, data);
        var total = plan.Variants.Sum(variant => variant.Weight);
        var all = new List<VariantSeries>();
        foreach (var variant in plan.Variants.Where(variant => single.Contains(variant.Key)))
        {
            _slots[variant.Key] = all.Count;
            all.Add(new(all.Count, variant.Title, Share(variant.Weight, total), UnitsOf(data.GetValueOrDefault(variant.Key))));
        }

        var folded = plan.Variants.Where(variant => !single.Contains(variant.Key)).ToList();
        foreach (var variant in folded)
            _slots[variant.Key] = OtherSlot;
        if (folded.Count > 0)
            all.Add(new(OtherSlot, $"other ({folded.Count})", Share(folded.Sum(variant => variant.Weight), total), Sum(folded.Select(variant => UnitsOf(data.GetValueOrDefault(variant.Key))))));
        (All, Folded) = (all, folded.Count);
        TotalsByDay = Sum(all.Select(series => series.UnitsByDay));
    }

    /// <summary>The series, the control first.</summary>
    public IReadOnlyList<VariantSeries> All { get; }

    /// <summary>The number of variants in the series "other".</summary>
    public int Folded { get; }

    /// <summary>The days.</summary>
    public IReadOnlyList<DateOnly> Days { get; }

    /// <summary>The units of all variants on each day.</summary>
    public IReadOnlyList<long> TotalsByDay { get; }

    /// <summary>Indicates whether there is nothing to draw.</summary>
    public bool IsEmpty => TotalsByDay.All(units => units == 0);

    /// <summary>Returns the number of a variant's mark.</summary>
    public int SlotOf(string variant) => _slots.GetValueOrDefault(variant, OtherSlot);

    /// <summary>Indicates whether a variant is in the series "other".</summary>
    public bool IsFolded(string variant) => Folded > 0 && SlotOf(variant) == OtherSlot;

    private static HashSet<string> Singles(ExperimentPlan plan, Dictionary<string, VariantData> data)
    {
        var treatments = plan.Variants.Skip(1);
        if (plan.Variants.Count > MaxSeries)
            treatments = treatments.OrderByDescending(variant => data.GetValueOrDefault(variant.Key)?.Units ?? 0).Take(MaxSeries - 2);
        return treatments.Select(variant => variant.Key).Prepend(plan.Control.Key).ToHashSet(StringComparer.Ordinal);
    }

    private static double Share(double weight, double total) => total > 0 ? weight / total : 0;

    private IReadOnlyList<long> UnitsOf(VariantData? variant) => [.. Days.Select(day => variant?.UnitsByDay.GetValueOrDefault(day) ?? 0)];

    private long[] Sum(IEnumerable<IReadOnlyList<long>> series)
    {
        var sums = new long[Days.Count];
        foreach (var one in series)
        {
            for (var day = 0; day < sums.Length; day++)
                sums[day] += one[day];
        }

        return sums;
    }
}
