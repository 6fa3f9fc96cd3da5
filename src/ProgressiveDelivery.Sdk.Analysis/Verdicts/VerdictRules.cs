using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The rules of a verdict: the first that applies.</summary>
internal sealed class VerdictRules
{
    private readonly JudgedExperiment _experiment;
    private readonly VerdictWords _words;
    private readonly Forecast _forecast;
    private readonly List<Treatment> _treatments;

    private VerdictRules(JudgedExperiment experiment)
    {
        _experiment = experiment;
        _words = new(experiment.Plan);
        _forecast = new(experiment);
        _treatments = [.. experiment.Plan.Variants.Skip(1).Select(variant => new Treatment(experiment, variant))];
    }

    public static Verdict Judge(JudgedExperiment experiment)
    {
        var rules = new VerdictRules(experiment);
        return !experiment.Traffic.IsSound ? rules.DoNotTrust()
            : experiment.Plan.Mode == AnalysisMode.FixedHorizon && experiment.Now < experiment.Plan.ReadableFrom ? rules.NotReadYet()
            : rules.OfTreatments();
    }

    private Verdict OfTreatments()
    {
        if (Those(Standing.Shippable) is { Count: > 0 } shippable)
            return Ship(shippable);
        var harmful = Those(Standing.Harmful);
        var refused = Those(Standing.Refused);
        if (harmful.Count + refused.Count == _treatments.Count)
            return harmful.Count > 0 ? Stop(harmful) : NoVerdict(refused[0]);
        var verdict = Those(Standing.BetterButUnclear) is { Count: > 0 } better ? KeepRunningForGuardrail(better[0])
            : Those(Standing.TooEarly) is { Count: > 0 } early ? NotEnoughData(early[0])
            : Those(Standing.Unclear) is { Count: > 0 } unclear ? KeepRunning(Closest(unclear))
            : Those(Standing.SizeReached) is { Count: > 0 } reached ? SizeReached(Closest(reached))
            : NoDifference();
        var isOver = verdict.Kind is VerdictKind.NoDifferenceWorthHaving or VerdictKind.PlannedSizeReached;
        verdict = verdict with { Warnings = [.. isOver ? harmful.Select(DoNotShip) : [], .. refused.Select(NoVerdictOn)] };
        return harmful.Count == 0 || isOver ? verdict : Without(harmful, verdict);
    }

    private List<Treatment> Those(Standing standing) => [.. _treatments.Where(treatment => treatment.Standing == standing)];

    private static Treatment Closest(List<Treatment> treatments) => treatments.MinBy(treatment => treatment.Primary.PValue ?? 1)!;

    private Verdict DoNotTrust()
    {
        var failed = _experiment.Traffic.Checks.First(check => check.State == TrafficState.Bad);
        var units = _experiment.Plan.UnitsName;
        return _experiment.Traffic.ShortVariant is { } missing
            ? Of(VerdictKind.DoNotTrust, missing, "Do not trust these numbers.", MissingLine(missing), [
                _experiment.Traffic.SplitOffSince is { } day
                    ? $"Find where they are lost. The split is off since {Dates.LongDay(day, _experiment.Now)}."
                    : "Find where they are lost. No single day stands out.",
                $"Look first at: crashes or time-outs before the exposure is recorded; a redirect in one variant only; {units} filtered in one variant.",
                "Mend it, and start again under a new experiment key. Do not repair these numbers."])
            : Of(VerdictKind.DoNotTrust, null, "Do not trust these numbers.", $"{failed.Title}: {failed.Text}", [
                "Find the lines that cannot be read. The faults name file and line.",
                "Mend what wrote them, and read the files again."]);
    }

    private string MissingLine(string variant)
    {
        var plan = _experiment.Plan;
        var total = plan.Variants.Sum(known => known.Weight);
        var planned = plan.Variants.First(known => known.Key == variant).Weight / total;
        var units = _experiment.Data.Variants.Sum(known => known.Units);
        var share = units == 0 ? 0 : (double)_experiment.UnitsOf(variant) / units;
        return $"{_words.Quoted(variant)} should have {Numbers.Level(planned)} of the {plan.UnitsName} and has {Numbers.Rate(share)}: "
            + $"**{Numbers.Count(_experiment.Traffic.MissingUnits)} are missing**. The missing {plan.UnitsName} are not like those who stayed, so a difference may come from that alone.";
    }

    private Verdict NotReadYet()
    {
        var end = DateOnly.FromDateTime(_experiment.Plan.ReadableFrom.UtcDateTime);
        return Of(VerdictKind.NotReadYet, null, $"Keep running until {Dates.LongDay(end, _experiment.Now)}: this analysis is read once.",
            "Effects are hidden until then, since a result that is looked at early is wrong more often than it says.",
            ["Let it run to its end. Do not change the split."]) with
        { ExpectedEnd = end };
    }

    private Verdict NoVerdict(Treatment treatment) =>
        Of(VerdictKind.NoVerdict, treatment.Key, $"No verdict: {ReasonOf(treatment)}.", $"More data will not help. {Words.Remedy(treatment.Primary)}", [Words.Remedy(treatment.Primary)]);

    private Verdict Stop(List<Treatment> harmful)
    {
        var names = _words.List([.. harmful.Select(treatment => treatment.Key)], "and");
        return Of(VerdictKind.Stop, harmful[0].Key, $"Stop: {names} {(harmful.Count == 1 ? "does" : "do")} harm.", string.Join(" ", harmful.Select(HarmOf)), [
            $"Switch {(harmful.Count == 1 ? "it" : "them")} off now for all {_experiment.Plan.UnitsName}.",
            "Keep the events: they show what went wrong.",
            "Mend it, and start again under a new experiment key."]);
    }

    private string HarmOf(Treatment treatment)
    {
        var (metric, effect) = treatment.Primary.Reading == EffectReading.Worse ? (_experiment.Primary, treatment.Primary) : treatment.Harmed.First();
        return VerdictWords.Harm(metric, effect);
    }

    private string DoNotShip(Treatment treatment) => $"Do not ship {_words.Quoted(treatment.Key)}: {HarmInside(treatment)}";

    // The sentence on harm as the second half of another one.
    private string HarmInside(Treatment treatment)
    {
        var sentence = HarmOf(treatment);
        return sentence.Length > 1 && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
    }

    private string? ReasonOf(Treatment treatment) => Words.Reason(_experiment.Plan, _experiment.Data, _experiment.Primary.Metric, treatment.Primary);

    private string NoVerdictOn(Treatment treatment) => $"No verdict on {_words.Quoted(treatment.Key)}: {ReasonOf(treatment)}.";

    private Verdict NotEnoughData(Treatment treatment)
    {
        var expected = _forecast.OfFirstInterval(treatment);
        return Of(VerdictKind.NotEnoughData, treatment.Key, "Not enough data yet.", _forecast.WhatIsMissing(treatment) + (expected is { } day ? $" Expected on {Dates.LongDay(day, _experiment.Now)}." : ""),
            [Words.HasNoOutcome(_experiment.Data, _experiment.Primary.Metric) ? Words.CheckOutcomes : "Look as often as you like. Do not change the split."]) with
        { ExpectedEnd = expected };
    }

    private Verdict Ship(List<Treatment> shippable)
    {
        var best = HeadToHead.Best(_experiment, shippable);
        var headline = best is not null || shippable.Count == 1
            ? $"Ship {_words.Quoted((best ?? shippable[0]).Key)}."
            : $"Ship {_words.List([.. shippable.Select(treatment => treatment.Key)], "or")}: {(shippable.Count == 2 ? "both are" : "all are")} better, {(shippable.Count == 2 ? "neither beats the other" : "none beats all others")}.";
        var shipped = best ?? shippable[0];
        var guardrails = shipped.Guardrails.Count == 0 ? "The traffic is sound." : "It harmed no guardrail, and the traffic is sound.";
        var harmful = Those(Standing.Harmful);
        return Of(VerdictKind.Ship, shipped.Key, headline, $"{_words.Better(_experiment.Primary, shipped.Primary)} {guardrails}", ShipSteps(shipped)) with
        {
            Warnings = [.. harmful.Select(DoNotShip)],
        };
    }

    private List<string> ShipSteps(Treatment shipped)
    {
        var plan = _experiment.Plan;
        var guardrail = shipped.Guardrails.Count == 0 ? "" : $", guarded by {VerdictWords.Subject(shipped.Guardrails[0].Metric.Metric)}";
        var losers = plan.Variants.Skip(1).Where(variant => variant.Key != shipped.Key).Select(variant => variant.Key).ToList();
        return [
            $"Ramp **{_words.Title(shipped.Key)}** to all {plan.UnitsName}: 5 → 25 → 100 %{guardrail}.",
            losers.Count == 0 ? $"Then remove {_words.Title(plan.Control.Key)} and its code." : $"Remove {_words.List(losers, "and")} and the code.",
            "Keep a small holdout for some weeks to see whether the effect lasts."];
    }

    private Verdict KeepRunningForGuardrail(Treatment treatment)
    {
        var (metric, effect) = treatment.Unclear.First();
        return Of(VerdictKind.KeepRunningForGuardrail, treatment.Key, $"Keep running: {_words.Quoted(treatment.Key)} is better, harm is not ruled out.", VerdictWords.HarmPossible(metric, effect),
            ["Look as often as you like. Do not change the split."]) with
        { ExpectedEnd = _forecast.OfPlannedSize(treatment) };
    }

    private Verdict NoDifference()
    {
        var primary = _experiment.Primary.Metric;
        var limit = primary.Direction == MetricDirection.IncreaseIsGood ? "above" : "below";
        var smallest = _experiment.Plan.SmallestEffect!.Value * (primary.Direction == MetricDirection.IncreaseIsGood ? 1 : -1);
        return Of(VerdictKind.NoDifferenceWorthHaving, null, "No difference worth having.", $"Everything {limit} {Numbers.Change(smallest)} is ruled out. Keep the simpler one.",
            ["Choose the variant that is simpler to keep.", "Remove the others and their code."]);
    }

    private Verdict SizeReached(Treatment treatment) =>
        Of(VerdictKind.PlannedSizeReached, treatment.Key,
            _experiment.Plan.Mode == AnalysisMode.FixedHorizon ? "The end is reached, no clear difference." : "Planned size reached, no clear difference.",
            (treatment.Primary.Relative is { } relative ? $"Between {Numbers.Change(relative.Low)} and {Numbers.Change(relative.High)}. " : "") + "Running longer needs a new plan.",
            ["Decide by what else you know: cost, simplicity, guardrails.", "For a smaller effect, plan a larger size and a new experiment key."]);

    private Verdict KeepRunning(Treatment treatment)
    {
        var end = _forecast.OfPlannedSize(treatment);
        return Of(VerdictKind.KeepRunning, treatment.Key, end is { } day ? $"Keep running until about {Dates.LongDay(day, _experiment.Now)}." : "Keep running.",
            SoFar(treatment) + _forecast.TimeLeft(treatment), ["Look as often as you like. Do not change the split."]) with
        { ExpectedEnd = end };
    }

    private string SoFar(Treatment treatment)
    {
        if (treatment.Primary.Relative is not { } relative)
            return "";
        var worst = _experiment.Primary.Metric.Direction == MetricDirection.IncreaseIsGood ? relative.Low : relative.High;
        return $"{Numbers.Change(relative.Estimate)} so far, but {Numbers.Change(worst)} is still possible. ";
    }

    private Verdict Without(List<Treatment> harmful, Verdict verdict)
    {
        var names = _words.List([.. harmful.Select(treatment => treatment.Key)], "and");
        return verdict with
        {
            Headline = $"Keep running without {names}: {(harmful.Count == 1 ? "it does" : "they do")} harm.",
            Line = $"{string.Join(" ", harmful.Select(HarmOf))} {verdict.Line}",
            NextSteps = [$"Switch {names} off now for all {_experiment.Plan.UnitsName}.", .. verdict.NextSteps.Take(2)],
        };
    }

    private static Verdict Of(VerdictKind kind, string? variant, string headline, string line, IReadOnlyList<string> nextSteps) =>
        new() { Kind = kind, Variant = variant, Headline = headline, Line = line, NextSteps = nextSteps };
}
