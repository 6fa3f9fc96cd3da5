using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Admits a share of the units. Admission and the choice after it use independent hashes.</summary>
internal sealed class CompiledRolloutOutcome(RolloutShare share, Salt salt, UnitReference by, Outcome to, short otherwise) : Outcome
{
    /// <summary>The variant of units that are not admitted; <see cref="Decision.None"/> if they pass on.</summary>
    public short Otherwise => otherwise;

    /// <summary>The share that is admitted.</summary>
    public RolloutShare Share => share;

    public override bool IsSticky => to.IsSticky;

    public override void VisitAssignments(in EvaluationInput input, IAssignmentVisitor visitor) => to.VisitAssignments(in input, visitor);

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining)]
    public override Served Serve(in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var unit = by.Read(in input, scratch);
        if (unit.IsEmpty)
            return CompiledSplitOutcome.NoUnit(in input, by, ExplanationKind.Rollout);

        var position = salt.Position(unit);
        var threshold = share.Threshold(input.NowTicks);
        input.Trace?.Add(ExplanationKind.Rollout, RolloutShare.Describe(threshold), position < threshold, share.HoldAt(input.NowTicks), bucket: new(salt.Text, by.Text, position, 0, threshold));
        if (position >= threshold)
            return Served.Else(otherwise);

        var served = to.Serve(in input);
        return served.HasVariant ? new(served.Variant, EvaluationReason.Split) : served;
    }
}
