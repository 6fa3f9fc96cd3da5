using System.Globalization;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>
/// The test of the split: sequential, looked at after each day; of a fixed-horizon experiment that is over, once (statistics.md, section 7).
/// </summary>
internal sealed class SplitCheck
{
    /// <summary>The deviation of one day, in standard deviations, that chance hardly brings: one day in a thousand.</summary>
    private const double MaxDeviation = 3.3;

    private readonly ExperimentPlan _plan;
    private readonly ExperimentData _data;
    private readonly double[] _shares;
    private readonly StatisticalStatus _status;

    private SplitCheck(ExperimentPlan plan, ExperimentData data, IReadOnlyList<DateOnly> days, bool isOver)
    {
        (_plan, _data) = (plan, data);
        var total = plan.Variants.Sum(variant => variant.Weight);
        _shares = [.. plan.Variants.Select(variant => variant.Weight / total)];
        IsOnce = plan.Mode == AnalysisMode.FixedHorizon && isOver;
        (_status, PValue, IsMismatch) = IsOnce ? Once() : DayByDay(days);
        OffSince = days.Cast<DateOnly?>().FirstOrDefault(day => IsOff(day!.Value));
        (ShortVariant, MissingUnits) = Shortest();
    }

    public double? PValue { get; }

    public bool IsMismatch { get; }

    /// <summary>The first day whose units do not fit the plan by themselves; null if there is none.</summary>
    public DateOnly? OffSince { get; }

    public string ShortVariant { get; }

    public long MissingUnits { get; }

    private bool IsOnce { get; }

    public static SplitCheck Of(ExperimentPlan plan, ExperimentData data, IReadOnlyList<DateOnly> days, bool isOver) => new(plan, data, days, isOver);

    public TrafficCheck Result
    {
        get
        {
            var test = PValue is { } p
                ? string.Create(CultureInfo.InvariantCulture, $"{(IsOnce ? "Chi-square" : "Sequential")} test: {Numbers.CheckP(p)}; alarm below {_plan.SampleRatioAlpha}.")
                : "Too few units for a test.";
            return IsMismatch
                ? new(TrafficState.Bad, "Split is not as planned", $"{Split()} {test}{(IsOnce ? "" : " It stays failed.")}")
                : new(_status == StatisticalStatus.Ok ? TrafficState.Good : TrafficState.Warn, _status == StatisticalStatus.Ok ? "Split as planned" : "Split not tested yet", $"{Split()} {test}");
        }
    }

    private string Split()
    {
        var units = _data.Variants.Sum(variant => variant.Units);
        var actual = string.Join(" / ", _data.Variants.Select(variant => Numbers.Percent(units == 0 ? 0 : (double)variant.Units / units)));
        var planned = _shares.Distinct().Count() == 1 ? Numbers.Percent(_shares[0]) + " each" : string.Join(" / ", _shares.Select(share => Numbers.Percent(share)));
        return $"{actual} %; planned {planned}.";
    }

    private (StatisticalStatus Status, double? PValue, bool IsMismatch) Once()
    {
        var result = SampleRatioChiSquared.Compare([.. _data.Variants.Select(variant => variant.Units)], _shares, _plan.SampleRatioAlpha);
        return (result.Status, result.Value?.PValue, result.Value?.IsMismatch == true);
    }

    private (StatisticalStatus Status, double? PValue, bool IsMismatch) DayByDay(IReadOnlyList<DateOnly> days)
    {
        var test = new SequentialSampleRatio(_shares, alpha: _plan.SampleRatioAlpha);
        var counts = new long[_shares.Length];
        var last = StatisticalResult<SampleRatioEvidence>.Insufficient(StatisticalReasons.Units);
        foreach (var day in days)
        {
            for (var arm = 0; arm < counts.Length; arm++)
                counts[arm] += UnitsOf(arm, day);
            last = test.Look([.. counts]);
        }

        return (last.Status, last.Value?.PValue, last.Value?.IsMismatch == true);
    }

    private bool IsOff(DateOnly day)
    {
        var counts = Enumerable.Range(0, _shares.Length).Select(arm => UnitsOf(arm, day)).ToArray();
        var units = (double)counts.Sum();
        return units > 0 && counts.Zip(_shares).Any(arm => Math.Abs(arm.First - (units * arm.Second)) > MaxDeviation * Math.Sqrt(units * arm.Second * (1 - arm.Second)));
    }

    // As many as the others lead to expect.
    private (string Variant, long Missing) Shortest()
    {
        var units = (double)_data.Variants.Sum(variant => variant.Units);
        return _data.Variants.Zip(_shares).Where(arm => arm.Second < 1)
            .Select(arm => (arm.First.Variant, Missing: (long)Math.Round(((units - arm.First.Units) * arm.Second / (1 - arm.Second)) - arm.First.Units)))
            .MaxBy(arm => arm.Missing);
    }

    private long UnitsOf(int arm, DateOnly day) => _data.Variants[arm].UnitsByDay.GetValueOrDefault(day);
}
