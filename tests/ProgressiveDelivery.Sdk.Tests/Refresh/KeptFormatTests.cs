using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class KeptFormatTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SnapshotOfAFailoverIsReadBackInItsOwnFormat()
    {
        await RunAsync(new InMemorySnapshotSource("""{"version": 7}""", new VersionOnlyFormat()), status => status.Origin == SnapshotOrigin.Source);

        var restarted = await RunAsync(new DownSource(new VersionOnlyFormat()), status => status.HasRules);

        restarted.Should().BeEquivalentTo(new { SnapshotVersion = 7L, Origin = SnapshotOrigin.LastKnownGood });
    }

    private async Task<FeatureClientStatus> RunAsync(ISnapshotSource failover, Func<FeatureClientStatus, bool> until)
    {
        var services = new ServiceCollection();
        services.AddProgressiveDelivery(client => client
            .From(_ => new DownSource(SnapshotJson.Format())).From(_ => failover).KeepLastKnownGoodIn(_folder.File("kept")));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        await Until.HoldsAsync(() => until(client.Status));
        return client.Status;
    }

    private sealed class DownSource(ISnapshotFormat format) : ISnapshotSource
    {
        public string Name => "down";

        public ISnapshotFormat Format => format;

        public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => throw new SnapshotSourceException("Down.");

        public void Acknowledge(SnapshotReading reading)
        {
        }

        public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => default;
    }
}
