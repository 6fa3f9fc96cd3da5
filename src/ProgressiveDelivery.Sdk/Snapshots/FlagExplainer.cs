using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Runs an evaluation with a trace, and makes an explanation of both.</summary>
internal static class FlagExplainer
{
    public static Explanation Explain(FeatureSnapshot snapshot, string key, CompiledFlag flag, EvaluationContext context, SnapshotServices services, Decision? forced)
    {
        var trace = new EvaluationTrace();
        trace.Ask(key);
        var decision = forced is { } tested ? Forced(flag, tested, context, trace) : Decide(flag, context, services, trace);
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

    private static Decision Decide(CompiledFlag flag, EvaluationContext context, SnapshotServices services, EvaluationTrace trace)
    {
        var budget = default(EvaluationBudget);
        var traced = new EvaluationInput(context, services.Evaluation.WithoutEffects, services.Clock.GetUtcNow().UtcTicks, ref budget) { Trace = trace };
        return flag is { Overlay: not null, IsConstant: true } ? flag.Constant : budget.Judge(flag.Answer(in traced));
    }

    private static Decision Forced(CompiledFlag flag, Decision decision, EvaluationContext context, EvaluationTrace trace)
    {
        trace.Add(ExplanationKind.Forced, flag.Variants[decision.Variant].Label, true, $"forced for a test by {context.Forced?.Find(flag.Key)?.By}");
        return decision;
    }

    private static string? Error(CompiledFlag flag, Decision decision, EvaluationTrace trace) =>
        decision.Reason == EvaluationReason.Error && !flag.IsQuarantined && trace.Fault is { } fault
            ? fault
            : Provenance.ErrorText(flag, decision.Reason, typeof(object));

    private static bool? IsEnabled(CompiledFlag flag, Decision decision) =>
        decision.HasVariant && default(BooleanReader).TryRead(flag, flag.Variants[decision.Variant], out var isEnabled) ? isEnabled : null;
}
