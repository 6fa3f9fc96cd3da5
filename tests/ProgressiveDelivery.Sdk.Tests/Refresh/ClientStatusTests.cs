using ProgressiveDelivery.Sdk.Sources;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class ClientStatusTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));

    private readonly ClientUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void NothingIsKnownBeforeTheStart()
    {
        _test.Status.Should().Be(new FeatureClientStatus
        {
            State = FeatureClientState.NotReady,
            Since = _test.Time.GetUtcNow(),
            Source = "script",
        });
        _test.Source.Reads.Should().Be(0);
    }

    [Theory]
    [InlineData(FeatureClientFaultKind.Unreachable)]
    [InlineData(FeatureClientFaultKind.AccessDenied)]
    [InlineData(FeatureClientFaultKind.InvalidSnapshot)]
    public async Task WithoutRulesItIsNotReadyWhateverFails(FeatureClientFaultKind kind)
    {
        await _test.PlayAsync(Throw(new SnapshotSourceException("No.") { Kind = kind }));

        _test.Status.State.Should().Be(FeatureClientState.NotReady);
        _test.Status.Cause!.Kind.Should().Be(kind);
    }

    [Theory]
    [InlineData(FeatureClientFaultKind.Unreachable, FeatureClientState.Stale)]
    [InlineData(FeatureClientFaultKind.AccessDenied, FeatureClientState.Failed)]
    [InlineData(FeatureClientFaultKind.InvalidSnapshot, FeatureClientState.Failed)]
    public async Task WithRulesTheStateSaysWhetherPeopleMustAct(FeatureClientFaultKind kind, FeatureClientState expected)
    {
        await _test.PlayAsync(Rules(1), Throw(new SnapshotSourceException("No.") { Kind = kind, HttpStatus = 503 }));

        _test.Status.State.Should().Be(expected);
        _test.Status.Cause.Should().BeEquivalentTo(new { Kind = kind, Message = "No.", HttpStatus = 503 });
    }

    [Fact]
    public async Task StateKeepsItsBeginningWhileItLasts()
    {
        await _test.PlayAsync(Rules(1));
        var before = _test.Time.GetUtcNow();

        await _test.PlayAsync(Down);
        var first = _test.Status;
        await _test.PlayAsync(Down, Down);

        first.Since.Should().Be(before);
        _test.Status.Since.Should().Be(first.Since);
        _test.Status.Cause!.At.Should().BeAfter(first.Cause!.At);
    }

    [Fact]
    public async Task AgeGrowsUntilTheSourceConfirms()
    {
        await _test.PlayAsync(Rules(1));

        _test.Time.Advance(TimeSpan.FromMinutes(3));
        var before = _test.Status.Age;
        await _test.PlayAsync(Current());

        before.Should().Be(TimeSpan.FromMinutes(3));
        _test.Status.Age.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task RulesTurnStaleWhenTheyExpireAndNothingElseHappens()
    {
        var expiry = new DateTimeOffset(2026, 6, 1, 12, 10, 0, TimeSpan.Zero);
        await _test.PlayAsync(Document(ClientUnderTest.Document(1, more: "\"expiresAt\": \"2026-06-01T12:10:00Z\",")));
        var before = _test.Status.State;

        _test.Time.Advance(TimeSpan.FromMinutes(11));

        before.Should().Be(FeatureClientState.Ready);
        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, Since = expiry, Cause = new { Kind = FeatureClientFaultKind.Expired } });
        _test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task ExpiryIsLoggedOnceThoughTheSourceConfirms()
    {
        await _test.PlayAsync(Document(ClientUnderTest.Document(1, more: "\"expiresAt\": \"2026-06-01T12:10:00Z\",")));
        _test.Time.Advance(TimeSpan.FromMinutes(11));

        await _test.PlayAsync(Current(), Current());

        _test.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.Expired);
        _test.Warnings.Should().ContainSingle().Which.Message.Should().Contain("expired at 2026-06-01 12:10:00Z");
    }

    [Fact]
    public async Task ExpiryDuringAnOutageIsToldWithTheOutage()
    {
        await _test.PlayAsync(Document(ClientUnderTest.Document(1, more: "\"expiresAt\": \"2026-06-01T12:10:00Z\",")), Down);
        var outage = _test.Status;
        _test.Time.Advance(TimeSpan.FromMinutes(11));

        await _test.PlayAsync(Down, Down);

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, outage.Since, Cause = new { Kind = FeatureClientFaultKind.Expired } });
        _test.Status.Cause!.Message.Should().Contain("expired").And.EndWith("Down.");
        _test.Warnings.Select(line => line.Id.Name).Should().Equal("OutageBegan", "SnapshotExpired");
    }

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));
}
