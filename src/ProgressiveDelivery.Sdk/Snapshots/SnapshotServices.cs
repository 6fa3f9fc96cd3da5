using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>What the snapshots of one client share.</summary>
internal sealed class SnapshotServices(TimeProvider clock, EvaluationServices evaluation, UnknownFlags unknownFlags)
{
    public TimeProvider Clock => clock;

    public EvaluationServices Evaluation => evaluation;

    public UnknownFlags UnknownFlags => unknownFlags;
}
