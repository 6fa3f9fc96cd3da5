using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Applies the overlay to a flag: the positions of its ramps, and the outcome in place of its rules. What holds for an earlier attempt has no effect.</summary>
internal static class OverlayPass
{
    /// <summary>Returns the position of a rule's ramp, or of the default's; null if there is none.</summary>
    public static RampPosition? PositionOf(FlagScope scope, string? rule)
    {
        foreach (var position in scope.State.Overlay.RampsOf(scope.Definition.Key))
        {
            if (position.Rule == rule && position.Attempt >= scope.Definition.Attempt)
                return position;
        }

        return null;
    }

    /// <summary>Serves the first entry of the overlay that names only variants of the flag.</summary>
    public static void Serve(FlagScope scope)
    {
        foreach (var entry in scope.State.Overlay.Of(scope.Definition.Key))
        {
            if (entry.Attempt < scope.Definition.Attempt || !CanServe(scope.FlagNode.Compiled, entry.Outcome))
                continue;
            scope.FlagNode.Compiled.Serve(OutcomeOf(scope, entry), entry.Reason);
            return;
        }
    }

    // An overlay applies to any snapshot: a variant that this snapshot lacks is no fault of the flag.
    private static bool CanServe(CompiledFlag flag, OutcomeDefinition? outcome) => outcome switch
    {
        VariantOutcome { Variant: var variant } => flag.IndexOfVariant(variant) >= 0,
        SplitOutcome { Weights: var weights } => weights.All(weight => flag.IndexOfVariant(weight.Variant) >= 0),
        RolloutOutcome rollout => CanServe(flag, rollout.To) && (rollout.Else is null || flag.IndexOfVariant(rollout.Else) >= 0),
        _ => false,
    };

    private static Outcome OutcomeOf(FlagScope scope, OverlayEntry entry)
    {
        if (entry.Outcome is not RolloutOutcome rollout)
            return OutcomeCompiler.Compile(scope, entry.Outcome);
        var outcome = OutcomeCompiler.Compile(scope, entry.Reason == EvaluationReason.Guarded ? ByGuardedUnit(scope, rollout) : rollout);
        return rollout.Else is null ? outcome : new CompiledElseOutcome(outcome, scope.Variant(rollout.Else));
    }

    // A probe goes by the unit of the rollout that was guarded: users who share it try the variant together.
    private static RolloutOutcome ByGuardedUnit(FlagScope scope, RolloutOutcome probe)
    {
        if (probe is not { By: null, To: VariantOutcome { Variant: var variant } })
            return probe;
        var guarded = ServedVariants.OutcomesOf(scope.Definition).OfType<RolloutOutcome>().FirstOrDefault(rollout => ServedVariants.MayServe(rollout.To, variant));
        return probe with { By = guarded?.By };
    }
}
