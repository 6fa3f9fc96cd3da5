using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>The sources of a client and its last refreshes, as an operator sees them.</summary>
public sealed class SourceDiaryTests
{
    private static readonly SnapshotSourceException Down = new("Down.");
    private static readonly SnapshotSourceException Unauthorized = new("No.") { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 };

    [Fact]
    public void SourceThatWasNotAskedSaysSo()
    {
        using var test = new ClientUnderTest(client => client.From(_ => new ScriptedSource("replica")));

        test.Diagnostics.Sources.Should().BeEquivalentTo([new SourceStatus { Name = "script", Kind = "source of the application" }, new SourceStatus { Name = "replica", Rank = 1, Kind = "source of the application" }], options => options.WithStrictOrdering());
        test.Diagnostics.Refreshes.Should().BeEmpty();
        test.Diagnostics.Rejection.Should().BeNull();
        test.Diagnostics.SnapshotDiagnostics.Should().BeEmpty();
    }

    [Fact]
    public async Task SourceInUseShowsWhatItConfirmed()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(7), Current(), Kill(7, "f", "off"), Patch("""{ "baseVersion": 7, "version": 8 }"""));

        var now = test.Time.GetUtcNow();
        test.Diagnostics.Sources.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { State = SourceState.InUse, Version = 8L, LastTried = now, LastConfirmed = now, NextAttempt = (DateTimeOffset?)null, Failures = 0L, Fault = (FeatureClientFault?)null });
        test.Diagnostics.Refreshes.Select(one => (one.Outcome, one.Version, one.Message, one.Source, one.At)).Should().Equal(
            (RefreshOutcome.Accepted, 7L, null, "script", now), (RefreshOutcome.Confirmed, 7L, null, "script", now), (RefreshOutcome.Killed, 7L, null, "script", now), (RefreshOutcome.Accepted, 8L, null, "script", now));
    }

    [Fact]
    public async Task DurationIsThatOfTheRead()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), After(test, 3, Rules(2)), After(test, 2, Throw(Down)), Current());

        test.Diagnostics.Refreshes.Select(one => (one.Outcome, one.Duration.TotalSeconds)).Should().Equal(
            (RefreshOutcome.Accepted, 0), (RefreshOutcome.Accepted, 3), (RefreshOutcome.Failed, 2), (RefreshOutcome.Confirmed, 0));
    }

    [Fact]
    public async Task DurationOfAStreamLeavesOutTheWaitForItsEvents()
    {
        var script = new ScriptedSource("stream");
        await using var test = new ClientUnderTest(source: new StreamingSource(script));
        test.Start();
        foreach (var turn in (Turn[])[After(test, 3, Rules(1)), After(test, 50, Rules(2)), After(test, 40, Throw(Down)), After(test, 5, Throw(Down))])
            await test.Time.WithoutPausesAsync(() => script.PlayAsync(turn));

        test.Diagnostics.Refreshes.Select(one => one.Duration.TotalSeconds).Should().Equal(3, 0, 0, 5);
        test.Diagnostics.Sources.Single().Kind.Should().Be("stream");
    }

    [Fact]
    public async Task FailureCountsUntilTheSourceAnswersAndHasANextAttempt()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Throw(Down));
        test.Source.Then(Throw(Unauthorized));
        await Until.HoldsAsync(() => test.Diagnostics.Sources[0].Failures == 2);

        var failing = test.Diagnostics.Sources[0];
        await test.Time.WithoutPausesAsync(test.Source.NextReadAsync);
        await test.PlayAsync(Current());

        failing.Should().BeEquivalentTo(new { State = SourceState.Failing, Version = 1L, Failures = 2L, Fault = new { Kind = FeatureClientFaultKind.AccessDenied, Message = "No.", HttpStatus = 401 } });
        (failing.NextAttempt - failing.LastTried).Should().BeGreaterThan(TimeSpan.FromMinutes(2)).And.BeLessThan(TimeSpan.FromMinutes(6));
        test.Diagnostics.Sources[0].Should().BeEquivalentTo(new { State = SourceState.InUse, Failures = 0L, Fault = (FeatureClientFault?)null, NextAttempt = (DateTimeOffset?)null });
        test.Diagnostics.Refreshes.Count(one => one is { Outcome: RefreshOutcome.Failed, Message: not null, Version: null }).Should().Be(2);
    }

    [Fact]
    public async Task SourceThatIsStoppedIsNotTriedAgain()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        test.Source.Then(Throw(new SnapshotSourceException("Gone.") { IsFinal = true }));

        await Until.HoldsAsync(() => test.Diagnostics.Sources[0].State == SourceState.Stopped);

        test.Diagnostics.Sources[0].Should().BeEquivalentTo(new { NextAttempt = (DateTimeOffset?)null, Version = 1L, Fault = new { Message = "Gone." } });
    }

    [Fact]
    public async Task SourcesOfAClientThatHasEndedAreStopped()
    {
        var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));

        await test.DisposeAsync();

        test.Diagnostics.Sources.Should().ContainSingle().Which.State.Should().Be(SourceState.Stopped);
    }

    [Fact]
    public async Task FailingOverAndReturningShowsInBothSources()
    {
        var replica = new ScriptedSource("replica");
        await using var test = new ClientUnderTest(client => client.From(_ => replica));
        await test.PlayAsync(Rules(1));
        test.Diagnostics.Sources.Select(one => one.State).Should().Equal(SourceState.InUse, SourceState.NotTried);

        test.Source.Then(Throw(Unauthorized));
        await replica.PlayAsync(Rules(1));
        var away = test.Diagnostics.Sources;
        test.Source.Then(Rules(2));
        test.Time.Advance(TimeSpan.FromMinutes(5.5));
        await test.Time.WithoutPausesAsync(
            () =>
            {
                replica.Then(Current());
                return Until.HoldsAsync(() => test.Diagnostics.Sources[0].Version == 2);
            },
            TimeSpan.FromSeconds(30));

        away.Select(one => (one.State, one.Version)).Should().Equal((SourceState.Failing, 1L), (SourceState.InUse, 1L));
        (away[0].NextAttempt - away[1].LastConfirmed).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5)).And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(5.5));
        test.Diagnostics.Sources.Select(one => (one.State, one.Version, one.NextAttempt)).Should().Equal((SourceState.InUse, 2L, null), (SourceState.StandingBy, 1L, null));
    }

    [Fact]
    public async Task SourceThatLagsIsBehind()
    {
        var replica = new ScriptedSource("replica");
        await using var test = new ClientUnderTest(client => client.From(_ => replica));
        await test.PlayAsync(Rules(7));
        test.Source.Then(Throw(Unauthorized));
        replica.Then(Rules(5));

        await Until.HoldsAsync(() => test.Diagnostics.Sources[1].State == SourceState.Behind);

        test.Diagnostics.Sources[1].Should().BeEquivalentTo(new { Version = (long?)null, LastConfirmed = (DateTimeOffset?)null, Failures = 1L });
        test.Diagnostics.Refreshes[^1].Should().BeEquivalentTo(new { Outcome = RefreshOutcome.Behind, Version = 5L, Source = "replica", Message = test.Diagnostics.Sources[1].Fault!.Message });
        test.Diagnostics.Rejection.Should().BeNull();
    }

    [Fact]
    public async Task WaitThatFailsIsAFailure()
    {
        await using var test = new ClientUnderTest();
        test.Source.Waiting = _ => ValueTask.FromException(new InvalidOperationException("Broken."));
        test.Source.Then(Rules(1));
        test.Start();

        await Until.HoldsAsync(() => test.Diagnostics.Sources[0].State == SourceState.Failing);

        test.Diagnostics.Refreshes.Select(one => one.Outcome).Should().Equal(RefreshOutcome.Accepted, RefreshOutcome.Failed);
        test.Diagnostics.Sources[0].Fault!.Message.Should().Contain("Broken.");
    }

    [Fact]
    public async Task HeartbeatsLeaveRoomForWhatMatters()
    {
        var script = new ScriptedSource("stream");
        await using var test = new ClientUnderTest(source: new StreamingSource(script));
        script.Then(Rules(1)).Then(Rules(2)).Then(Document("{"));
        test.Start();
        script.Then(Rules(3));
        for (var i = 0; i < 10_000; i++)
            script.Then(Current());

        await test.Time.WithoutPausesAsync(() => Until.HoldsAsync(() => script.Reads == 10_005));

        test.Diagnostics.Refreshes.Select(one => (one.Outcome, one.Version)).Should().Equal(
            [(RefreshOutcome.Accepted, 1L), (RefreshOutcome.Accepted, 2L), (RefreshOutcome.Rejected, null), (RefreshOutcome.Accepted, 3L), .. Enumerable.Repeat((RefreshOutcome.Confirmed, (long?)3), 40)]);
    }

    [Fact]
    public async Task RefreshesAreNeverMoreThan64()
    {
        await using var test = new ClientUnderTest();
        for (var version = 1; version <= 100; version++)
            test.Source.Then(Rules(version)).Then(Current());
        test.Start();

        await test.Time.WithoutPausesAsync(() => Until.HoldsAsync(() => test.Source.Reads == 201));

        test.Diagnostics.Refreshes.Should().HaveCount(64);
        test.Diagnostics.Refreshes.Select(one => one.Version).Should().BeInAscendingOrder();
        test.Diagnostics.Refreshes[^1].Should().BeEquivalentTo(new { Outcome = RefreshOutcome.Confirmed, Version = 100L });
    }

    [Fact]
    public async Task ManyThreadsReadWhileTheLoopWrites()
    {
        await using var test = new ClientUnderTest();
        for (var version = 1; version <= 300; version++)
            test.Source.Then(Rules(version)).Then(Current()).Then(version % 7 == 0 ? Document("{") : Current());
        using var ended = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var last = 0L;
            do
            {
                var source = test.Diagnostics.Sources.Single();
                (source.Version ?? 0).Should().BeGreaterThanOrEqualTo(last);
                (source.Fault is null).Should().Be(source.Failures == 0);
                last = source.Version ?? 0;
                test.Diagnostics.Refreshes.Should().HaveCountLessThanOrEqualTo(64).And.NotContainNulls();
            }
            while (!ended.IsCancellationRequested);
        })).ToArray();

        test.Start();
        await test.Time.WithoutPausesAsync(() => Until.HoldsAsync(() => test.Source.Reads == 901));
        await ended.CancelAsync();
        await Task.WhenAll(readers).WaitAsync(Until.Patience);

        test.Diagnostics.Sources.Single().Version.Should().Be(300);
    }

    [Fact]
    public async Task NoSecretOfAnAddressIsShown()
    {
        var source = new ScriptedSource("https://ada:s3cret@flags.example.com/env/snapshot?key=s3cret#s3cret");
        await using var test = new ClientUnderTest(source: source);
        test.Start();
        await test.Time.WithoutPausesAsync(() => source.PlayAsync(Throw(new InvalidOperationException("Broken."))));
        await test.Time.WithoutPausesAsync(() => source.PlayAsync(Document("{")));
        await test.Time.WithoutPausesAsync(() => source.PlayAsync(Rules(1)));

        test.Diagnostics.Sources.Single().Name.Should().Be("https://flags.example.com/env/snapshot");
        string[] shown = [.. test.Diagnostics.Refreshes.Select(one => $"{one}"), $"{test.Status}", test.Control.History.Single().Source!, .. test.Logs.GetSnapshot().Select(line => line.Message)];
        shown.Should().OnlyContain(text => !text.Contains("s3cret", StringComparison.Ordinal)).And.Contain(text => text.Contains("flags.example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RulesInCodeAreInUseAtOnce()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag()));
        await using var test = new ClientUnderTest(source: source);

        test.Diagnostics.Sources.Single().Should().BeEquivalentTo(new { Name = "memory", Kind = "rules in code", State = SourceState.InUse, Version = 1L, IsSigned = false });
        test.Diagnostics.Refreshes[0].Outcome.Should().Be(RefreshOutcome.Accepted);
    }

    [Fact]
    public void SignaturesThatAreCheckedAreShown()
    {
        using var signer = new Signer();
        using var test = new ClientUnderTest(client => client.TrustKeys(keys => keys.Add(signer.Id, signer.PublicPem)));

        test.Diagnostics.Sources.Single().IsSigned.Should().BeTrue();
    }

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));

    private static Turn After(ClientUnderTest test, int seconds, Turn turn) => cancellationToken =>
    {
        test.Time.Advance(TimeSpan.FromSeconds(seconds));
        return turn(cancellationToken);
    };
}
