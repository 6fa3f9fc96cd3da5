namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Describes in words by what a flag was decided.</summary>
internal static class AnswerWords
{
    /// <summary>Returns the end of the headline, such as <c>by the default</c>.</summary>
    public static string By(Explanation explanation) => explanation.Reason switch
    {
        EvaluationReason.Default => explanation.Variant is null ? "since no rule decides and there is no default" : "by the default",
        EvaluationReason.RuleMatch => $"by {Rule(explanation)}",
        EvaluationReason.Split => explanation.Rule is null ? "by the split of the default" : $"by the split of {Rule(explanation)}",
        EvaluationReason.Off => "since the flag is off",
        EvaluationReason.PrerequisiteFailed => "since a prerequisite does not hold",
        EvaluationReason.Override => explanation.Steps.Any(step => step.Kind == ExplanationKind.Forced) ? "forced for a test" : "by an override",
        EvaluationReason.Guarded => "by a guard",
        EvaluationReason.Killed => "by a kill",
        EvaluationReason.Holdout => "by a holdout",
        EvaluationReason.TargetingKeyMissing => "since the context has no targeting key",
        EvaluationReason.NotReady => "since no snapshot has been loaded yet",
        EvaluationReason.Closed => "since the client has been disposed",
        EvaluationReason.FlagNotFound => "since there is no such flag",
        _ => "since the flag cannot be evaluated",
    };

    /// <summary>Returns the beginning of the line below it, such as <c>No rule decided</c>.</summary>
    public static string Decided(Explanation explanation) => explanation.Reason switch
    {
        EvaluationReason.Default => "No rule decided",
        EvaluationReason.RuleMatch or EvaluationReason.Split => explanation.Rule is null ? "The default decided" : $"{Rule(explanation, "Rule")} decided",
        EvaluationReason.Override or EvaluationReason.Guarded or EvaluationReason.Killed => "The rules are not asked: the answer is the same for all users, also",
        EvaluationReason.Off or EvaluationReason.PrerequisiteFailed => "The rules were not asked",
        EvaluationReason.Holdout => "The holdout decided",
        _ => "No answer",
    };

    private static string Rule(Explanation explanation, string word = "rule") => $"{word} “{SafeText.Cut(explanation.Rule ?? "")}”";
}
