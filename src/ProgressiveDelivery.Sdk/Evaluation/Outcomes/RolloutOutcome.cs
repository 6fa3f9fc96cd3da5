using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Admits a share of the units. Admission and any choice behind it use independent hashes.</summary>
internal sealed class RolloutOutcome(RolloutShare share, Salt salt, UnitReference by, Outcome to, short otherwise) : Outcome
{
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining)]
    public override Served Serve(in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var unit = by.Read(in input, scratch);
        if (unit.IsEmpty)
            return SplitOutcome.NoUnit(in input, by, ExplanationKind.Rollout);

        var position = salt.Position(unit);
        var threshold = share.Threshold(input.NowTicks);
        input.Trace?.Add(ExplanationKind.Rollout, RolloutShare.Describe(threshold), position < threshold, bucket: new(salt.Text, by.Text, position, 0, threshold));
        if (position >= threshold)
            return Served.Else(otherwise);

        var served = to.Serve(in input);
        return served.HasVariant ? new(served.Variant, EvaluationReason.Split) : served;
    }
}
