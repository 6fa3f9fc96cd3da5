using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

public sealed class SnapshotChangeTests : IDisposable
{
    private readonly ClientUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task SegmentNamesTheFlagsThatUseItHoweverIndirectly()
    {
        await _test.PlayAsync(Chain(1, "NL"));

        var change = await NextAsync(Chain(2, "BE"));

        change.ChangedFlags.Should().BeEquivalentTo("direct", "indirect");
        (change.PreviousVersion, change.CurrentVersion).Should().Be((1, 2));
    }

    [Fact]
    public async Task OtherVersionOfTheSameRulesNamesNothing()
    {
        await _test.PlayAsync(Chain(1, "NL"));

        (await NextAsync(Chain(2, "NL"))).ChangedFlags.Should().BeEmpty();
    }

    [Fact]
    public async Task KillNamesTheFlag()
    {
        await _test.PlayAsync(Chain(1, "NL"));

        (await NextAsync(Kill(2, "other", "off"))).ChangedFlags.Should().BeEquivalentTo("other");
    }

    [Fact]
    public async Task EveryFlagIsNamedAtTheSubscription()
    {
        await _test.PlayAsync(Chain(1, "NL"));
        var first = new TaskCompletionSource<SnapshotChange>();

        using var subscription = _test.Client.OnChange(first.SetResult);

        var change = await first.Task.WaitAsync(TimeSpan.FromMinutes(2));
        change.ChangedFlags.Should().BeEquivalentTo("direct", "indirect", "other");
        change.PreviousVersion.Should().Be(0);
    }

    [Fact]
    public void FlagsAreComparedOnceAndChangesByTheirSnapshots()
    {
        var (one, other) = (Some.Snapshot(Some.Flag()).Open(), Some.Snapshot(Some.Flag()).Open());
        var change = new SnapshotChange(one, other);

        change.ChangedFlags.Should().BeSameAs(change.ChangedFlags);
        change.Should().Be(new SnapshotChange(one, other)).And.NotBe(new SnapshotChange(other, one));
        change.ToString().Should().Be("Version 1 to 1");
        new SnapshotChange(one, other) { ChangedFlags = new HashSet<string> { "mine" } }.ChangedFlags.Should().BeEquivalentTo("mine");
    }

    private async Task<SnapshotChange> NextAsync(Turn turn)
    {
        var (first, next) = (new TaskCompletionSource(), new TaskCompletionSource<SnapshotChange>());
        using var subscription = _test.Client.OnChange(change =>
        {
            if (change.Previous is null)
                first.TrySetResult();
            else
                next.TrySetResult(change);
        });
        // Rules that come while the subscriber has not been told the first ones yet are told as one with them.
        await first.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await _test.PlayAsync(turn);
        return await next.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    private static Turn Chain(long version, string country) => Document($$"""
        {"schema": "progressive-delivery/1", "version": {{version}},
         "segments": {"inner": {"when": {"attribute": "country", "in": ["{{country}}"]} }, "outer": {"when": {"segment": "inner"} } },
         "flags": {
           "direct": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {"segment": "outer"}, "serve": "on"}], "default": "off"},
           "indirect": {"type": "boolean", "variants": {"on": true, "off": false}, "requires": [{"flag": "direct", "variants": ["on"]}], "default": "on"},
           "other": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on"} } }
        """);
}
