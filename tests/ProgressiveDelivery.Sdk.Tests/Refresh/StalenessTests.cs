using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Staleness as an objective: ten minutes, in these tests.</summary>
public sealed class StalenessTests : IDisposable
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(10);
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down.") { HttpStatus = 503 });

    private readonly ClientUnderTest _test = new(client => client.Configure(options => options.MaxStaleness = Max));

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task FailedAttemptLeavesTheClientReadyAndSaysWhatFailed()
    {
        await _test.PlayAsync(Rules(1));
        var ready = _test.Status;

        await _test.PlayAsync(Down, Down);

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, ready.Since, MaxStaleness = Max, Cause = new { Message = "Down.", HttpStatus = 503 } });
        Answer.IsStale.Should().BeFalse();
    }

    [Fact]
    public async Task RulesAreStaleFromTheMomentThatTheObjectiveIsExceeded()
    {
        await _test.PlayAsync(Rules(1));
        var confirmed = _test.Time.GetUtcNow();
        await _test.PlayAsync(Down);

        _test.Time.Advance(confirmed + Max - _test.Time.GetUtcNow());
        var reached = (_test.Status.State, Answer.IsStale);
        _test.Time.Advance(TimeSpan.FromMinutes(1));

        reached.Should().Be((FeatureClientState.Ready, false));
        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, Since = confirmed + Max, Cause = new { Message = "Down.", HttpStatus = 503 } });
        Answer.Should().BeEquivalentTo(new { Value = true, IsStale = true, Reason = EvaluationReason.Default });
        _test.Client.GetSnapshot().IsStale.Should().BeTrue();
    }

    [Fact]
    public async Task HangingReadIsNoticedThoughNothingFailed()
    {
        await _test.PlayAsync(Rules(1));

        _test.Time.Advance(Max + TimeSpan.FromSeconds(1));

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, Cause = new { Kind = FeatureClientFaultKind.Unconfirmed } });
        _test.Warnings.Should().ContainSingle().Which.Message.Should().Contain("has not confirmed version 1 within 00:10:00").And.Contain("hangs");
    }

    [Fact]
    public async Task ExceedingIsOneWarningAndOneRecovery()
    {
        await _test.PlayAsync(Rules(1), Down);
        _test.Time.Advance(Max);
        await _test.PlayAsync(Down, Down);

        await _test.PlayAsync(Current(), Current());

        _test.Warnings.Select(line => line.Id.Name).Should().Equal("OutageBegan", "RulesStale");
        Lines("RulesStale").Single().Message.Should().EndWith("the version still answers. Down.");
        Lines("RulesCurrentAgain").Should().ContainSingle().Which.Level.Should().Be(LogLevel.Information);
    }

    [Fact]
    public async Task ConfirmedRulesAreReadyFromThenOn()
    {
        await _test.PlayAsync(Rules(1));
        _test.Time.Advance(Max * 2);
        var before = _test.Time.GetUtcNow();

        await _test.PlayAsync(Current());

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Since = before, Cause = (FeatureClientFault?)null });
        Answer.IsStale.Should().BeFalse();
    }

    [Theory]
    [InlineData(FeatureClientFaultKind.Unreachable, FeatureClientState.Stale)]
    [InlineData(FeatureClientFaultKind.AccessDenied, FeatureClientState.Failed)]
    [InlineData(FeatureClientFaultKind.InvalidSnapshot, FeatureClientState.Failed)]
    public async Task OnceExceededTheStateSaysWhetherPeopleMustAct(FeatureClientFaultKind kind, FeatureClientState expected)
    {
        await _test.PlayAsync(Rules(1), Throw(new SnapshotSourceException("No.") { Kind = kind }));
        var within = _test.Status.State;

        _test.Time.Advance(Max);

        within.Should().Be(FeatureClientState.Ready);
        _test.Status.State.Should().Be(expected);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(-24)]
    public async Task AgeIsNotMeasuredByTheClockOnTheWall(int hours)
    {
        await _test.PlayAsync(Rules(1));

        _test.Time.WallShift = TimeSpan.FromHours(hours);
        var within = (_test.Status.State, _test.Status.Age, Answer.IsStale);
        _test.Time.Advance(Max + TimeSpan.FromSeconds(1));

        within.Should().Be((FeatureClientState.Ready, TimeSpan.Zero, false));
        _test.Status.State.Should().Be(FeatureClientState.Stale);
        _test.Status.Since.Should().BeOnOrBefore(_test.Time.GetUtcNow());
    }

    [Fact]
    public async Task LocalFallbackIsStaleUntilTheSourceConfirms()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("bundled.json"), ClientUnderTest.Document(1));
        await using var test = new ClientUnderTest(client => client.FallBackToFile(folder.File("bundled.json")).Configure(options => options.MaxStaleness = Max));
        await test.Start().Source.NextReadAsync();
        var started = (test.Status.State, test.Client.GetSnapshot().IsStale, test.Warnings.Count());

        test.Time.Advance(Max + TimeSpan.FromSeconds(1));
        var told = test.Warnings.Single().Id.Name;
        test.Source.Then(Rules(2));
        await test.Source.NextReadAsync();

        started.Should().Be((FeatureClientState.Stale, true, 0));
        told.Should().Be("RulesStale");
        test.Status.State.Should().Be(FeatureClientState.Ready);
        test.Client.GetSnapshot().IsStale.Should().BeFalse();
    }

    [Fact]
    public async Task ExpiredRulesAreStaleHoweverOftenTheyAreConfirmed()
    {
        await _test.PlayAsync(Document(ClientUnderTest.Document(1, more: "\"expiresAt\": \"2026-06-01T12:05:00Z\",")));
        var before = Answer.IsStale;

        _test.Time.Advance(TimeSpan.FromMinutes(5));
        await _test.PlayAsync(Current());

        before.Should().BeFalse();
        Answer.IsStale.Should().BeTrue();
        _test.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.Expired);
    }

    [Fact]
    public void NothingIsStaleBeforeThereAreRules()
    {
        _test.Start();
        _test.Time.Advance(Max * 2);

        Answer.IsStale.Should().BeFalse();
        _test.Status.State.Should().Be(FeatureClientState.NotReady);
        _test.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task FlappingAroundTheObjectiveDoesNotFloodTheLog()
    {
        await _test.PlayAsync(Rules(1));
        for (var flap = 0; flap < 30; flap++)
        {
            _test.Time.Advance(Max + TimeSpan.FromSeconds(1));
            await _test.PlayAsync(Down, Current());
        }

        _test.Warnings.Count().Should().BeLessThanOrEqualTo((5 * 5) + 5, "an hour has five at most, and this took a little over five");
        Lines("RulesStale").Should().HaveCount(30);
        _test.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task NothingIsWatchedAfterTheEnd()
    {
        await _test.PlayAsync(Rules(1));

        await _test.Client.DisposeAsync();
        _test.Time.Advance(Max * 3);

        _test.Warnings.Should().BeEmpty();
    }

    private Evaluation<bool> Answer => _test.Client.EvaluateBoolean("f", EvaluationContext.Empty);

    private IEnumerable<FakeLogRecord> Lines(string name) => _test.Logs.GetSnapshot().Where(line => line.Id.Name == name);

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));
}
