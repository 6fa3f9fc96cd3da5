using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Client;

/// <summary>The view that an operator has of one client.</summary>
internal sealed class ClientDiagnostics(SnapshotStore store, SnapshotSteering steering, SourceDiary diary, UsageLedger usage) : IFeatureDiagnostics
{
    public IReadOnlyList<SourceStatus> Sources => diary.Sources;

    public IReadOnlyList<RefreshRecord> Refreshes => diary.Refreshes;

    public RejectedSnapshot? Rejection => diary.Rejection;

    public IReadOnlyList<SnapshotDiagnostic> SnapshotDiagnostics => store.Current.Diagnostics;

    public IReadOnlyList<ServedCount> Served => Array.ConvertAll(usage.Served(), count => new ServedCount(count.Flag, count.Variant, count.Reason, count.Count));

    public void CountServed()
    {
        usage.CountServed();
        steering.Renew();
    }

    public IFeatureSnapshot? FindSnapshot(long version) => steering.Look(version);

    public string? FindDefinition(string flag)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return store.Current.Definition is { KeyHash: null } definition && definition.Flags.LastOrDefault(one => one.Key == flag) is { } found ? FlagText.Of(found) : null;
    }
}
