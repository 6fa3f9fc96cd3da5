using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Runs an evaluation with a trace, and makes an explanation of both.</summary>
internal static class FlagExplainer
{
    public static Explanation Explain(FeatureSnapshot snapshot, string key, CompiledFlag flag, EvaluationContext context, EvaluationServices services, long nowTicks)
    {
        var trace = new EvaluationTrace();
        trace.Ask(key);
        var traced = new EvaluationInput(context, services.WithoutEffects, nowTicks) { Trace = trace };
        var decision = flag.Overlay is not null ? flag.Constant : flag.Evaluate(in traced);
        return new()
        {
            Flag = key,
            Type = flag.Type,
            Reason = decision.Reason,
            Variant = decision.HasVariant ? flag.Variants[decision.Variant].Label : null,
            Value = decision.HasVariant ? flag.Variants[decision.Variant].Describe(flag.Type) : null,
            Rule = decision.Rule >= 0 ? flag.RuleName(decision.Rule) : null,
            IsEnabled = IsEnabled(flag, decision),
            Error = Error(flag, decision, trace),
            Metadata = flag.Metadata,
            SnapshotVersion = snapshot.Version,
            Origin = snapshot.Origin,
            IsHeld = snapshot.IsHeld,
            Steps = trace.Steps,
        };
    }

    private static string? Error(CompiledFlag flag, Decision decision, EvaluationTrace trace) =>
        decision.Reason == EvaluationReason.Error && !flag.IsQuarantined && trace.Fault is { } fault
            ? fault
            : FeatureSnapshot.ErrorText(flag, decision.Reason, typeof(object));

    private static bool? IsEnabled(CompiledFlag flag, Decision decision) =>
        decision.HasVariant && default(BooleanReader).TryRead(flag, flag.Variants[decision.Variant], out var isEnabled) ? isEnabled : null;
}
