namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Describes in words what a step is and how it went.</summary>
internal static class StepWords
{
    private const string PrivateValue = "it is (private)";
    private const int MaxDetail = 400;

    public static string Name(ExplanationKind kind) => kind switch
    {
        ExplanationKind.Prerequisite => "Prerequisite",
        ExplanationKind.Segment => "Segment",
        ExplanationKind.Rollout => "Admits",
        ExplanationKind.Split => "Split",
        ExplanationKind.Experiment => "Experiment",
        ExplanationKind.Layer => "Layer",
        ExplanationKind.Holdout => "Holdout",
        ExplanationKind.Assignment => "Stored assignment",
        ExplanationKind.Forced => "Forced variant",
        _ => "Step",
    };

    /// <summary>Returns the name of a rule: its place, where that is known, and its id, where it has one.</summary>
    public static string RuleName(string id, int place)
    {
        var hasId = !id.StartsWith('#');
        return place == 0 ? "Rule " + SafeText.Cut(hasId ? id : id[1..]) : "Rule " + Numbers.Count(place) + (hasId ? ", " + SafeText.Cut(id) : "");
    }

    public static string Result(ExplanationStep step) => step.Outcome switch
    {
        ExplanationOutcome.Yes => "holds",
        ExplanationOutcome.No => "does not hold",
        _ => "not evaluated",
    };

    /// <summary>Returns how a rule went, such as <c>holds, but admits 10 % and this context is outside</c>.</summary>
    public static string OfRule(ExplanationStep rule)
    {
        if (rule.Outcome == ExplanationOutcome.Yes)
            return "holds and decides";
        if (rule.Steps.FirstOrDefault(IsCondition) is { Outcome: not ExplanationOutcome.Yes } condition)
            return condition.Outcome == ExplanationOutcome.No ? "does not hold" : "cannot be evaluated, so it does not decide";
        if (FindRollout(rule.Steps) is { Bucket: { IsInside: false } } rollout)
            return $"holds, but admits {rollout.Subject.Replace(' ', '\u00A0')} and this context is outside";
        return "holds, but serves nothing to this context";
    }

    /// <summary>Returns the line below a step; null for none.</summary>
    public static string? Detail(ExplanationStep step)
    {
        var answer = step.Outcome switch { ExplanationOutcome.Yes => "yes", ExplanationOutcome.No => "no", _ => "not known" };
        return step.Detail switch
        {
            null => step.Kind == ExplanationKind.Default && step.Outcome == ExplanationOutcome.Yes && step.Steps.Count == 0 ? "no rule decided" : null,
            var text when text.StartsWith(PrivateValue, StringComparison.Ordinal) => $"{answer}; the value is private and not shown",
            var text => SafeText.Cut(text, MaxDetail),
        };
    }

    public static bool IsCondition(ExplanationStep step) => step.Kind is ExplanationKind.Condition or ExplanationKind.Segment;

    /// <summary>Returns the first rollout among steps and those inside of them.</summary>
    public static ExplanationStep? FindRollout(IEnumerable<ExplanationStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Kind == ExplanationKind.Rollout)
                return step;
            if (!IsCondition(step) && FindRollout(step.Steps) is { } found)
                return found;
        }

        return null;
    }
}
