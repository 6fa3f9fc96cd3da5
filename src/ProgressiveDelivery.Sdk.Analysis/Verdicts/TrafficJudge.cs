using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Checks the traffic of an experiment: the split, crossovers, losses, and the order of time.</summary>
internal static class TrafficJudge
{
    /// <summary>The share of lines that may be unreadable before the report warns.</summary>
    private const double MaxUnreadable = 0.001;

    /// <summary>The share from which no number can be trusted: what is lost need not be like what is not.</summary>
    private const double MaxLost = 0.01;

    /// <summary>The share of outcomes before exposure, beside covariates, from which exposures seem to be recorded too late.</summary>
    private const double MaxEarly = 0.1;

    public static TrafficReport Check(ExperimentPlan plan, ExperimentData data, IReadOnlyList<DateOnly> days, bool isOver)
    {
        var split = SplitCheck.Of(plan, data, days, isOver);
        return new()
        {
            Checks = [split.Result, Crossovers(plan, data.Counts), Losses(data.Counts), Order(data.Counts)],
            SplitPValue = split.PValue,
            SplitOffSince = split.IsMismatch ? split.OffSince : null,
            ShortVariant = split.IsMismatch ? split.ShortVariant : null,
            MissingUnits = split.IsMismatch ? split.MissingUnits : 0,
        };
    }

    private static TrafficCheck Crossovers(ExperimentPlan plan, EventCounts counts)
    {
        var share = counts.Units == 0 ? 0 : (double)counts.CrossoverUnits / counts.Units;
        var text = $"{Numbers.Count(counts.CrossoverUnits)} {plan.UnitsName} ({Numbers.Rate(share)}) saw more than one variant and are left out. Warns from {Numbers.Level(plan.MaxCrossoverShare)}.";
        return share > plan.MaxCrossoverShare ? new(TrafficState.Warn, "Crossovers many", text) : new(TrafficState.Good, "Crossovers few", text);
    }

    private static TrafficCheck Losses(EventCounts counts)
    {
        var unreadable = counts.PartialLines + counts.InvalidLines + counts.InvalidEvents;
        var duplicates = counts.DuplicateExposures + counts.DuplicateOutcomes;
        var share = counts.Lines == 0 ? 0 : (double)unreadable / counts.Lines;
        var text = $"{Numbers.Count(unreadable)} of {Numbers.Count(counts.Lines)} lines unreadable, {Numbers.Count(counts.UnknownTypes)} of other types, {Numbers.Count(duplicates)} duplicates removed by id. "
            + $"Warns from {Numbers.Level(MaxUnreadable)}; fails from {Numbers.Level(MaxLost)}.";
        return share >= MaxLost ? new(TrafficState.Bad, "Events lost", text)
            : share >= MaxUnreadable ? new(TrafficState.Warn, "Some lines unreadable", text)
            : new(TrafficState.Good, "Nothing lost", text);
    }

    private static TrafficCheck Order(EventCounts counts)
    {
        var early = Math.Max(0, counts.OutcomesBeforeExposure - counts.OutcomesUsedAsCovariate);
        var judged = counts.OutcomesKept + early;
        var share = judged == 0 ? 0 : (double)early / judged;
        var text = $"{Numbers.Count(early)} outcomes before exposure and {Numbers.Count(counts.OutcomesAfterWindow)} after their window, not counted. Warns from {Numbers.Level(MaxEarly)} before exposure.";
        return share >= MaxEarly ? new(TrafficState.Warn, "Outcomes before exposure", text) : new(TrafficState.Good, "Time in order", text);
    }
}
