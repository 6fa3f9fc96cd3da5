using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

/// <summary>Diagnostics whose counts and definitions a test sets.</summary>
internal sealed class CountingDiagnostics : IFeatureDiagnostics
{
    public IReadOnlyList<SourceStatus> Sources => [];

    public IReadOnlyList<RefreshRecord> Refreshes => [];

    public RejectedSnapshot? Rejection => null;

    public IReadOnlyList<SnapshotDiagnostic> SnapshotDiagnostics => [];

    public Func<IReadOnlyList<ServedCount>> Counts { get; set; } = static () => [];

    public Dictionary<string, string> Definitions { get; } = [];

    public int Counting { get; private set; }

    public IReadOnlyList<ServedCount> Served => Counts();

    public void CountServed() => Counting++;

    public IFeatureSnapshot? FindSnapshot(long version) => null;

    public string? FindDefinition(string flag) => Definitions.GetValueOrDefault(flag);
}
