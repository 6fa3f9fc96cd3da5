using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

public sealed class OnChangeTests : IDisposable
{
    private readonly ClientUnderTest _test = new();
    private readonly Channel<(long? Previous, long Current)> _seen = Channel.CreateUnbounded<(long?, long)>();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task EachChangeIsToldInOrder()
    {
        using var subscription = _test.Client.OnChange(Record);

        await _test.PlayAsync(Rules(1));
        var first = await NextAsync();
        await _test.PlayAsync(Rules(2));
        var second = await NextAsync();

        first.Should().Be((null, 1));
        second.Should().Be((1, 2));
    }

    [Fact]
    public async Task NothingIsToldBeforeThereAreRules()
    {
        using var subscription = _test.Client.OnChange(Record);
        await _test.PlayAsync(Throw(new IOException()), Current());

        await _test.PlayAsync(Rules(1));

        (await NextAsync()).Should().Be((null, 1));
    }

    [Fact]
    public async Task LateSubscriberIsToldTheStateAtOnce()
    {
        await _test.PlayAsync(Rules(1), Rules(2));

        using var subscription = _test.Client.OnChange(Record);
        var first = await NextAsync();
        await _test.PlayAsync(Rules(3));

        first.Should().Be((null, 2));
        (await NextAsync()).Should().Be((2, 3));
    }

    [Fact]
    public async Task HandlerSeesTheNewRulesAndTheNewStatus()
    {
        var seen = new TaskCompletionSource<(bool, long, FeatureClientState)>();
        using var subscription = _test.Client.OnChange(_ => seen.SetResult((_test.IsOn, _test.Status.SnapshotVersion, _test.Status.State)));

        await _test.PlayAsync(Rules(1));

        (await seen.Task).Should().Be((true, 1, FeatureClientState.Ready));
    }

    [Fact]
    public async Task SlowHandlerSeesSeveralChangesAsOne()
    {
        using var atWork = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        using var subscription = _test.Client.OnChange(change =>
        {
            Record(change);
            atWork.Release();
            goOn.Wait();
        });

        await _test.PlayAsync(Rules(1));
        await atWork.WaitAsync();
        await _test.PlayAsync(Rules(2), Rules(3), Rules(4));
        goOn.Release(2);

        (await NextAsync()).Should().Be((null, 1));
        (await NextAsync()).Should().Be((1, 4));
    }

    [Fact]
    public async Task HandlerThatBlocksForEverHarmsNobody()
    {
        using var never = new ManualResetEventSlim();
        using var blocked = _test.Client.OnChange(_ => never.Wait());
        using var subscription = _test.Client.OnChange(Record);

        await _test.PlayAsync(Rules(1), Rules(2));
        await Until.HoldsAsync(() => _seen.Reader.TryPeek(out _));
        await _test.Client.DisposeAsync();

        _test.Status.State.Should().Be(FeatureClientState.Closed);
        never.Set();
    }

    [Fact]
    public async Task HandlerThatThrowsIsCalledAgainAndWarnedOfOnce()
    {
        using var failing = _test.Client.OnChange(change =>
        {
            Record(change);
            throw new InvalidOperationException("My handler.");
        });

        for (var version = 1; version <= 3; version++)
        {
            await _test.PlayAsync(Rules(version));
            (await NextAsync()).Current.Should().Be(version);
        }

        await Until.HoldsAsync(() => _test.Logs.GetSnapshot().Count(line => line.Exception?.Message == "My handler.") == 3);
        _test.Warnings.Should().ContainSingle().Which.Exception!.Message.Should().Be("My handler.");
    }

    [Fact]
    public async Task DisposedSubscriptionIsToldNothingMore()
    {
        var subscription = _test.Client.OnChange(Record);
        using var other = _test.Client.OnChange(Record);
        await _test.PlayAsync(Rules(1));
        await NextAsync();
        await NextAsync();

        subscription.Dispose();
        subscription.Dispose();
        await _test.PlayAsync(Rules(2));
        await NextAsync();

        await _test.PlayAsync(Rules(3));
        (await NextAsync()).Should().Be((2, 3));
    }

    [Fact]
    public async Task NothingOfTheSubscriberFlowsIntoTheHandler()
    {
        await _test.PlayAsync(Rules(1));
        var ambient = new AsyncLocal<string?> { Value = "request 1" };
        var seen = new TaskCompletionSource<string?>();

        using var subscription = _test.Client.OnChange(_ => seen.SetResult(ambient.Value));

        (await seen.Task).Should().BeNull();
    }

    private void Record(SnapshotChange change) => _seen.Writer.TryWrite((change.Previous?.Version, change.Current.Version));

    private async Task<(long? Previous, long Current)> NextAsync() =>
        await _seen.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));
}
