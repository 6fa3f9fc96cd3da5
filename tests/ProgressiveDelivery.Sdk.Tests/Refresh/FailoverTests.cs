using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A client on a preferred source, and on a replica of it.</summary>
public sealed class FailoverTests : IDisposable
{
    private static readonly SnapshotSourceException Unauthorized = new("No.") { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 };

    private readonly ScriptedSource _replica = new("replica");
    private readonly ClientUnderTest _test;

    public FailoverTests() => _test = new(client => client.From(_ => _replica));

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task ReplicaBringsTheFirstRulesWhereThePreferredSourceIsDown()
    {
        _test.Source.Then(Throw(new SnapshotSourceException("Down.")));
        _replica.Then(Rules(1));

        await _test.Client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "replica", SnapshotVersion = 1L });
        _test.IsOn.Should().BeTrue();
        _test.Warnings.Should().ContainSingle().Which.Message.Should().Be("Client default: the client fails over from source script to source replica. Down.");
    }

    [Fact]
    public async Task AllThatFailAreReadRoundAndRoundWithoutAFloodOfWarnings()
    {
        for (var i = 0; i < 100; i++)
        {
            _test.Source.Then(Throw(new SnapshotSourceException("Down.")));
            _replica.Then(Throw(new SnapshotSourceException("Down.")));
        }

        await _test.Time.WithoutPausesAsync(() =>
        {
            _test.Start();
            return Until.HoldsAsync(() => _test.Source.Reads > 10 && _replica.Reads > 10);
        });

        _test.Warnings.Should().HaveCountLessThanOrEqualTo(2);
        _test.Status.State.Should().Be(FeatureClientState.NotReady);
    }

    [Fact]
    public async Task PreferredSourceIsTakenBackWhenItsRulesAreAccepted()
    {
        await ServeFromReplicaAsync();
        _test.Source.Then(Throw(new SnapshotSourceException("Still down."))).Then(Rules(2, on: false));

        await PassAsync(TimeSpan.FromMinutes(5.5));
        var during = _test.Status;
        await PassAsync(TimeSpan.FromMinutes(5.5), returns: true);

        during.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "replica" });
        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "script", SnapshotVersion = 2L });
        _test.IsOn.Should().BeFalse();
        _test.Warnings.Should().ContainSingle();
        _test.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 306 && line.Level == LogLevel.Information)
            .And.ContainSingle(line => line.Id.Id == 307 && line.Level == LogLevel.Debug);
    }

    [Fact]
    public async Task PreferredSourceWhoseSnapshotIsRefusedIsNotTakenBack()
    {
        await ServeFromReplicaAsync();
        _test.Source.Then(Document("{"));

        await PassAsync(TimeSpan.FromMinutes(5.5));

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "replica", SnapshotVersion = 1L });
        _test.Warnings.Should().ContainSingle();
    }

    [Fact]
    public async Task PreferredSourceThatLagsConfirmsNothingAndRollsNothingBack()
    {
        await ServeFromReplicaAsync();
        await _replica.PlayAsync(Rules(7, on: false));
        _test.Source.Then(Current()).Then(Rules(5)).Then(Rules(7, on: false, more: "\"environment\": \"other bytes\","));

        await PassAsync(TimeSpan.FromMinutes(5.5));
        await PassAsync(TimeSpan.FromMinutes(5.5));
        var lagging = _test.Status;
        await PassAsync(TimeSpan.FromMinutes(5.5), returns: true);

        lagging.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "replica", SnapshotVersion = 7L });
        _test.Logs.GetSnapshot().Where(line => line.Id.Id == 307).Select(line => line.Message).Should()
            .SatisfyRespectively(first => first.Should().Contain("has version 1, version 7 is in force"), second => second.Should().Contain("has version 5, version 7 is in force"));
        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "script", SnapshotVersion = 7L });
        _test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task ReplicaThatLagsIsSaidToBeBehindAndIsNotReady()
    {
        await _test.PlayAsync(Rules(7, on: false));
        _test.Source.Then(Throw(Unauthorized));
        _replica.Then(Rules(5));

        await Until.HoldsAsync(() => _test.Status.Cause?.Message.Contains("behind", StringComparison.Ordinal) == true);

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, SnapshotVersion = 7L });
        _test.Status.Cause!.Message.Should().Be("Source 'replica' is behind: it has version 5, version 7 is in force. It confirms nothing until it has caught up.");
        _test.IsOn.Should().BeFalse();
        _replica.Acknowledged.Should().BeEmpty();
    }

    [Fact]
    public async Task ReplicaOfTheSameVersionConfirmsWhateverItsBytes()
    {
        await _test.PlayAsync(Rules(7));
        var before = _test.Client.GetSnapshot();
        _test.Source.Then(Throw(Unauthorized));
        _replica.Then(Rules(7, more: "\"environment\": \"other bytes\","));

        await Until.HoldsAsync(() => _test.Status is { State: FeatureClientState.Ready, Source: "replica" });

        _test.Client.GetSnapshot().Should().BeSameAs(before);
        await Until.HoldsAsync(() => _replica.Acknowledged.Count == 1);
    }

    [Fact]
    public async Task OtherBytesUnderTheVersionOfTheSameSourceAreStillRefused()
    {
        await _test.PlayAsync(Rules(7), Rules(7, more: "\"environment\": \"other bytes\","));

        _test.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    public async Task SnapshotsThatAreRefusedTwiceHaveTheReplicaRead()
    {
        await _test.PlayAsync(Rules(1), Document("{"));
        _test.Source.Then(Document("{"));
        _replica.Then(Rules(2));

        await Until.HoldsAsync(() => _test.Status is { State: FeatureClientState.Ready, Source: "replica", SnapshotVersion: 2 });
    }

    [Fact]
    public async Task TryOfASourceThatNeverAnswersEndsAndIsNotRepeatedOverItself()
    {
        await ServeFromReplicaAsync();
        var reads = _test.Source.Reads;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _test.Source.Then(_ =>
        {
            begun.SetResult();
            return new(new TaskCompletionSource<SnapshotReading>().Task);
        });

        // The try's time runs out only when its read is under way: canceled before that, it would end, and leave nothing that goes on.
        var confirmed = _replica.Reads;
        _test.Time.Advance(TimeSpan.FromMinutes(5.5));
        _replica.Then(Current());
        await _test.Time.WithoutPausesAsync(() => begun.Task.WaitAsync(Until.Patience), TimeSpan.FromSeconds(30));
        _test.Time.Advance(TimeSpan.FromSeconds(60));
        await _test.Time.WithoutPausesAsync(() => Until.HoldsAsync(() => _replica.Reads > confirmed), TimeSpan.FromSeconds(30));
        await PassAsync(TimeSpan.FromMinutes(5.5), longestSeconds: 60);

        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "replica" });
        _test.Source.Reads.Should().Be(reads + 1);
        _test.Logs.GetSnapshot().Where(line => line.Id.Id == 307).Select(line => line.Message).Should()
            .SatisfyRespectively(first => first.Should().Contain("TryTimeout"), second => second.Should().Contain("continues a read that was canceled"));
    }

    [Fact]
    public async Task KillOfAPreferredSourceActsAndDoesNotTakeItBack()
    {
        await ServeFromReplicaAsync();
        _test.Source.Then(Kill(2, "f", "off")).Then(Throw(new SnapshotSourceException("Down.")));

        await PassAsync(TimeSpan.FromMinutes(5.5));

        _test.IsOn.Should().BeFalse();
        _test.Status.Source.Should().Be("replica");
    }

    [Fact]
    public async Task LastSourceThatIsStoppedLeavesTheRulesAndAFailedState()
    {
        await _test.PlayAsync(Rules(1));
        _test.Source.Then(Throw(Final("script")));
        _replica.Then(Throw(Final("replica")));

        await Until.HoldsAsync(() => _test.Warnings.Count() == 2);
        _test.Time.Advance(TimeSpan.FromDays(1));

        _test.Status.State.Should().Be(FeatureClientState.Failed);
        _test.Status.Cause!.Message.Should().Contain("replica is not read again");
        _test.IsOn.Should().BeTrue();
        _test.Warnings.Should().OnlyContain(line => line.Id.Id == 308);

        static SnapshotSourceException Final(string name) =>
            new($"{name} is not read again.") { IsFinal = true, Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 410 };
    }

    [Fact]
    public async Task BothSourcesAreClosedWithTheClient()
    {
        var second = new ScriptedSource("replica");
        await using var test = new ClientUnderTest(client => client.From(_ => new PatchingSource(second)));
        await test.PlayAsync(Rules(1));

        await test.Client.DisposeAsync();

        test.Source.IsClosed.Should().BeTrue();
        second.IsClosed.Should().BeTrue();
    }

    /// <summary>The preferred source refuses, the replica serves, and reads again.</summary>
    private async Task ServeFromReplicaAsync()
    {
        await _test.PlayAsync(Rules(1));
        _test.Source.Then(Throw(Unauthorized));
        await _replica.PlayAsync(Rules(1));
    }

    /// <summary>Time goes by, the replica confirms, and whatever is due is done.</summary>
    private async Task PassAsync(TimeSpan time, bool returns = false, int longestSeconds = 30)
    {
        _test.Time.Advance(time);
        var (reads, told) = (_replica.Reads, Returns());
        await _test.Time.WithoutPausesAsync(
            () =>
            {
                _replica.Then(Current());
                return Until.HoldsAsync(() => returns ? Returns() > told : _replica.Reads > reads);
            },
            TimeSpan.FromSeconds(longestSeconds));
    }

    // The line is the last thing that a return brings.
    private int Returns() => _test.Logs.GetSnapshot().Count(line => line.Id.Id == 306);

    private static Turn Rules(long version, bool on = true, string? more = null) => Document(ClientUnderTest.Document(version, on, more), $"{version}");
}
