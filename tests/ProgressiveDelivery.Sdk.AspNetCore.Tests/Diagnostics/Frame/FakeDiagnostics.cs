using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

/// <summary>Diagnostics that a test writes.</summary>
internal sealed class FakeDiagnostics : IFeatureDiagnostics
{
    public IReadOnlyList<SourceStatus> Sources { get; set; } = [];

    public IReadOnlyList<RefreshRecord> Refreshes { get; set; } = [];

    public RejectedSnapshot? Rejection { get; set; }

    public IReadOnlyList<SnapshotDiagnostic> SnapshotDiagnostics { get; set; } = [];

    public IReadOnlyList<ServedCount> Served { get; set; } = [];

    public void CountServed()
    {
    }

    public IFeatureSnapshot? FindSnapshot(long version) => null;

    public string? FindDefinition(string flag) => null;
}
