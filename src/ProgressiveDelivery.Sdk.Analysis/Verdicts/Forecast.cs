using ProgressiveDelivery.Sdk.Analysis.Statistics;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Forecasts from the units of the last days when there are enough.</summary>
/// <param name="experiment">The experiment.</param>
internal sealed class Forecast(JudgedExperiment experiment)
{
    /// <summary>A week, so that every day of the week is in the rate once.</summary>
    private const int RateDays = 7;

    private const int MaxDays = 3_660;

    /// <summary>The day on which control and treatment have their planned units; null if no size is planned, it is reached, or nothing arrives.</summary>
    public DateOnly? OfPlannedSize(Treatment treatment) =>
        experiment.Plan.IntendedUnits is { } intended ? After(intended - experiment.PairUnits(treatment.Key), PairRate(treatment)) : null;

    /// <summary>The day on which the first interval is expected; null if that cannot be said.</summary>
    public DateOnly? OfFirstInterval(Treatment treatment)
    {
        var (variant, count) = Scarcest(treatment);
        var units = experiment.UnitsOf(variant);
        if (count <= 0 || units == 0)
            return null;
        var neededUnits = (long)Math.Ceiling((double)ConfidenceSequence.MinMinority / count * units);
        return After(neededUnits - units, Rate(variant));
    }

    /// <summary>Returns what an interval lacks, as a sentence.</summary>
    public string WhatIsMissing(Treatment treatment)
    {
        var plan = experiment.Plan;
        var (variant, count) = Scarcest(treatment);
        var words = new VerdictWords(plan);
        return treatment.Primary.Reason switch
        {
            StatisticalReasons.BurnIn when Words.HasNoOutcome(experiment.Data, experiment.Primary.Metric) =>
                $"There are no outcomes with the name '{experiment.Primary.Metric.Outcomes.Metric}' that count.",
            StatisticalReasons.BurnIn when experiment.UnitsOf(variant) == count =>
                $"{Numbers.Count(count)} {plan.UnitsName} in {words.Quoted(variant)}; an interval needs {ConfidenceSequence.MinMinority} in each variant.",
            StatisticalReasons.BurnIn =>
                $"{Numbers.Count(count)} {plan.UnitsName} with another value than most in {words.Quoted(variant)}; an interval needs {ConfidenceSequence.MinMinority} in each variant.",
            StatisticalReasons.Units when experiment.UnitsOf(variant) == 0 => $"{words.Quoted(variant)} has no {plan.UnitsName}.",
            _ => $"Of {VerdictWords.Subject(experiment.Primary.Metric)}, {Words.Reason(plan, experiment.Data, experiment.Primary.Metric, treatment.Primary)}.",
        };
    }

    /// <summary>The words on how long it takes to the planned size.</summary>
    public string TimeLeft(Treatment treatment)
    {
        if (experiment.Plan.IntendedUnits is not { } intended)
            return "No size was planned, so no date can be given.";
        var rate = PairRate(treatment);
        var left = Math.Ceiling((intended - experiment.PairUnits(treatment.Key)) / rate);
        return rate <= 0 || left > MaxDays
            ? $"At the present traffic the planned {Numbers.Count(intended)} {experiment.Plan.UnitsName} are out of reach."
            : $"At {Numbers.Count((long)Math.Round(rate))} {experiment.Plan.UnitsName} a day the planned {Numbers.Count(intended)} are there in {Numbers.Count((long)left)} days.";
    }

    private double PairRate(Treatment treatment) => Rate(experiment.Plan.Control.Key) + Rate(treatment.Key);

    // The last day may still be filling up, so that the days before it tell more, if there are any.
    private double Rate(string variant)
    {
        var complete = experiment.Days.Count > 1 ? experiment.Days.SkipLast(1) : experiment.Days;
        var last = complete.TakeLast(RateDays).ToList();
        var units = experiment.Data.Variants.First(known => known.Variant == variant).UnitsByDay;
        return last.Count == 0 ? 0 : last.Average(day => units.TryGetValue(day, out var count) ? (double)count : 0);
    }

    private DateOnly? After(long units, double rate)
    {
        if (units <= 0 || rate <= 0 || units / rate > MaxDays)
            return null;
        return DateOnly.FromDateTime(experiment.Now.UtcDateTime).AddDays((int)Math.Ceiling(units / rate));
    }

    private (string Variant, long Count) Scarcest(Treatment treatment)
    {
        string[] pair = [experiment.Plan.Control.Key, treatment.Key];
        return pair.Select(variant => (variant, CountOf(variant))).MinBy(arm => arm.Item2);
    }

    private long CountOf(string variant)
    {
        var data = experiment.Data.Variants.First(known => known.Variant == variant);
        return data.Metrics[experiment.Primary.Metric.Key].Total is { } moments ? Math.Min(moments.Units, moments.Minority) : data.Units;
    }
}
