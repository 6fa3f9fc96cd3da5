using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Finds in the steps of an explanation what would change the answer. It says what it knows for sure, and evaluates nothing.</summary>
internal sealed class PossibleChanges(ScreenContext page, FlagInfo flag, Explanation explanation, bool isNow)
{
    private const int MaxDepth = 6;
    private const decimal PositionsPerPercent = 10_000;

    public IReadOnlyList<PossibleChange> List() => explanation.Reason switch
    {
        EvaluationReason.Override or EvaluationReason.Guarded or EvaluationReason.Killed => [.. OfIntervention()],
        EvaluationReason.Off => [new("The flag", "is enabled. Its rules then decide.")],
        _ => [.. explanation.Steps.SelectMany(OfStep)],
    };

    private IEnumerable<PossibleChange> OfIntervention()
    {
        if (explanation.Reason == EvaluationReason.Killed)
        {
            yield return new("The kill", "ends with a newer snapshot of the source.");
        }
        else if (explanation.Reason == EvaluationReason.Guarded)
        {
            var trip = isNow ? page.Control.State.Trips.FirstOrDefault(trip => trip.Flag == flag.Key) : null;
            var probe = trip?.NextProbe is { } next ? $" A probe tries again at {Times.Text(next, page.Now)}." : "";
            yield return new(trip is null ? "The guard" : $"Guard “{SafeText.Cut(trip.Guard)}”", "is cleared, or a snapshot raises the flag’s attempt." + probe);
        }
        else if (explanation.Steps.Any(step => step.Kind == ExplanationKind.Forced))
        {
            yield return new("The forced variant", "is not asked for any more.");
        }
        else
        {
            var standing = isNow ? page.Control.State.Overrides.FirstOrDefault(standing => standing.Flag == flag.Key) : null;
            yield return new("The override", standing?.ExpiresAt is { } end ? $"is removed, or ends by itself at {Times.Text(end, page.Now)}." : "is removed. It has no end of its own.");
        }
    }

    private IEnumerable<PossibleChange> OfStep(ExplanationStep step) => step.Kind switch
    {
        ExplanationKind.Prerequisite when step.Outcome != ExplanationOutcome.Yes => [new("Prerequisite", step.Subject + ".")],
        ExplanationKind.Rule => OfRule(step),
        ExplanationKind.Default when StepWords.FindRollout(step.Steps) is { } rollout => OfRollout("The default", rule: null, rollout),
        _ => [],
    };

    private IEnumerable<PossibleChange> OfRule(ExplanationStep rule)
    {
        var name = rule.Subject.StartsWith('#') ? "Rule " + rule.Subject[1..] : rule.Subject;
        if (rule.Steps.FirstOrDefault(StepWords.IsCondition) is { Outcome: not ExplanationOutcome.Yes } condition)
            return [new(name, $"if {Needed(condition, wanted: true, 0)}{(IsCutShort(condition) ? ", and the rest of its condition holds" : "")}.", Served(rule.Subject))];
        if (StepWords.FindRollout(rule.Steps) is { } rollout)
            return OfRollout(name, rule.Subject, rollout);
        return rule.Outcome == ExplanationOutcome.Yes && rule.Steps.Any(StepWords.IsCondition) ? [new(name, "no longer holds.")] : [];
    }

    private IEnumerable<PossibleChange> OfRollout(string name, string? rule, ExplanationStep rollout)
    {
        if (rollout.Bucket is not { } bucket)
            return [new(name, $"if the context has {rollout.Subject}.")];
        // The first position that is not admitted must be above the unit's.
        if (bucket.IsInside)
            return [new(name, $"at {Text(Math.Floor(bucket.Position / PositionsPerPercent))} % or less.")];
        var needed = Math.Floor(bucket.Position / PositionsPerPercent) + 1;
        var ramp = isNow ? page.Status.Ramps.FirstOrDefault(ramp => ramp.Flag == flag.Key && ramp.Rule == rule) : null;
        if (ramp is { IsPaused: false, Next: { } next } && next * PositionsPerPercent > bucket.Position)
            return [new(name, $"at {Text(needed)} % or more. Its next step, {Text(next)} %, {Wait(ramp)}", Served(rule))];
        var now = ramp is { IsPaused: true } ? " It is paused." : "";
        return [new(name, $"at {Text(needed)} % or more.{now}", now.Length == 0 ? Served(rule) : null)];
    }

    private string Wait(RampStatus ramp) => ramp switch
    {
        { WaitsFor: [var first, ..] } => $"waits for {SafeText.Cut(first)}",
        { NextAt: { } at } => at > page.Now ? $"comes at {Times.Text(at, page.Now)}" : "is due",
        _ => "has no time",
    };

    // A rule that names one variant names it in quotes, and nothing else.
    private string? Served(string? rule)
    {
        var words = rule is null ? flag.Default : flag.Rules.FirstOrDefault(known => known.Id == rule)?.Outcome;
        if (words is null)
            return null;
        var place = words.LastIndexOf(": '", StringComparison.Ordinal);
        return flag.Variants.FirstOrDefault(variant => words == $"'{variant.Name}'" || (place >= 0 && words[(place + 2)..] == $"'{variant.Name}'"))?.Name;
    }

    // What a condition needs, in the words of its parts that failed.
    private static string Needed(ExplanationStep step, bool wanted, int depth)
    {
        ExplanationStep[] parts = [.. step.Steps.Where(StepWords.IsCondition)];
        if (depth > MaxDepth)
            return "…";
        if (step.Kind == ExplanationKind.Segment)
            return wanted ? $"in segment “{step.Subject}”" : $"not in segment “{step.Subject}”";
        if (parts.Length == 0)
            return wanted ? step.Subject : $"not {step.Subject}";
        if (step.Subject == "not")
            return Needed(parts[0], !wanted, depth + 1);
        var isAll = step.Subject.StartsWith("all of ", StringComparison.Ordinal) == wanted;
        var open = wanted ? parts.Where(part => part.Outcome != ExplanationOutcome.Yes) : parts.Where(part => part.Outcome == ExplanationOutcome.Yes);
        return string.Join(isAll ? " and " : " or ", open.Select(part => Needed(part, wanted, depth + 1)));
    }

    // "all of 3" ends at its first part that is false.
    private static bool IsCutShort(ExplanationStep step) =>
        step.Subject.StartsWith("all of ", StringComparison.Ordinal)
        && int.TryParse(step.Subject.AsSpan("all of ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var members)
        && step.Steps.Count < members;

    private static string Text(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture);
}
