namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The names of reasons in telemetry: those of the OpenTelemetry conventions where one applies, and otherwise names of our own.</summary>
internal static class ReasonNames
{
    /// <summary>Returns the name of a reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="isStatic">True if the flag has one answer for every context.</param>
    public static string Of(EvaluationReason reason, bool isStatic = false) => reason switch
    {
        EvaluationReason.Off => "disabled",
        EvaluationReason.Split => "split",
        EvaluationReason.RuleMatch => "targeting_match",
        EvaluationReason.Default => isStatic ? "static" : "default",
        EvaluationReason.Override => "override",
        EvaluationReason.Guarded => "guarded",
        EvaluationReason.Killed => "killed",
        EvaluationReason.PrerequisiteFailed => "prerequisite_failed",
        EvaluationReason.Holdout => "holdout",
        _ => "error",
    };
}
