using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Tests.Fallback;

public sealed class FallbackKeeperTests : IFallbackPlace
{
    private readonly FakeLogger _logger = new();
    private readonly List<(long Version, bool Supersedes)> _written = [];
    private readonly ClientDisk _disk;
    private readonly FallbackKeeper _keeper;
    private string? _fault;

    public FallbackKeeperTests()
    {
        var time = new FakeTimeProvider();
        _disk = new("/kept", new DiskThread(time), time);
        _keeper = new(this, _disk, _logger, "client");
    }

    string IFallbackPlace.Path => "/kept/stem";

    ValueTask<FallbackWriting> IFallbackPlace.WriteAsync(StoredSnapshot stored, CancellationToken cancellationToken)
    {
        _written.Add((stored.Version, stored.Supersedes));
        return new(new FallbackWriting(_fault));
    }

    [Fact]
    public async Task SupersedingLastsUntilItIsWrittenAndNoLonger()
    {
        _fault = "No space left on device.";
        await KeepAsync(1, supersedes: true);
        _fault = null;
        _written.Clear();

        await KeepAsync(2);
        await KeepAsync(3);

        _written.Should().Equal((2, true), (3, false));
    }

    [Fact]
    public async Task DiskThatFailsIsOneWarningAndItsRecoveryOneLine()
    {
        await KeepAsync(1);
        _logger.Collector.Count.Should().Be(0);
        _fault = "No space left on device.";

        await KeepAsync(2);
        await KeepAsync(3);
        _logger.Collector.GetSnapshot().Should().ContainSingle().Which.Message.Should().Contain(_fault);
        _fault = null;
        await KeepAsync(4);
        await KeepAsync(5);

        _logger.Collector.GetSnapshot().Should().HaveCount(2);
        _logger.LatestRecord.Message.Should().Contain("/kept/stem");
    }

    [Fact]
    public async Task TextsThatCannotBePutTogetherAreAWarningAndTheNextOnesAreWritten()
    {
        _keeper.Keep(() => throw new InvalidOperationException("Too large."));
        await _disk.FlushAsync();
        _logger.Collector.GetSnapshot().Should().ContainSingle().Which.Message.Should().Contain("/kept/stem").And.Contain("Too large.");

        await KeepAsync(2);

        _written.Should().Equal((2, false));
    }

    private Task KeepAsync(long version, bool supersedes = false)
    {
        _keeper.Keep(() => new("f", version, []), supersedes);
        return _disk.FlushAsync();
    }
}
