using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>What the snapshots of one client share.</summary>
internal sealed class SnapshotServices(TimeProvider clock, EvaluationServices evaluation, UnknownFlags unknownFlags, TimeSpan? maxStaleness = null, UsageLedger? usage = null)
{
    public TimeProvider Clock => clock;

    public EvaluationServices Evaluation => evaluation;

    public UnknownFlags UnknownFlags => unknownFlags;

    /// <summary>How long rules count as current without being confirmed; null where nothing is declared.</summary>
    public TimeSpan? MaxStaleness => maxStaleness;

    /// <summary>Where answers are counted; null where nobody is told.</summary>
    public UsageLedger? Usage => usage;
}
