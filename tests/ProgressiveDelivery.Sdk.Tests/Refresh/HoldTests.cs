using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class HoldTests
{
    private static readonly ControlAct Ada = new("ada", "INC-1: checkout fails");

    [Fact]
    public async Task HarmfulSnapshotIsSteppedBackAndLaterRolledForward()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1, on: true), Rules(2, on: false));

        var back = await test.Control.StepBackAsync(Ada);

        back.Should().BeEquivalentTo(new { IsDone = true, Result = ControlResult.Done });
        test.IsOn.Should().BeTrue();
        var answer = test.Client.EvaluateBoolean("f", EvaluationContext.Empty);
        (answer.SnapshotVersion, answer.IsHeld, test.Client.GetSnapshot().IsHeld).Should().Be((1, true, true));
        test.Client.Explain("f", EvaluationContext.Empty).ToString().Should().Contain("held by an operator");

        var forward = await test.Control.StepForwardAsync(Ada);

        forward.IsDone.Should().BeTrue();
        test.IsOn.Should().BeFalse();
        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).IsHeld.Should().BeFalse();
        test.Status.Control.Should().BeNull();
    }

    [Fact]
    public async Task SnapshotsAreAcceptedAndWaitWhileOneIsHeld()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1, on: true));
        await test.Control.HoldAsync(Ada);

        await test.PlayAsync(Rules(2, on: false), Patch("""{ "baseVersion": 2, "version": 3 }"""), Current());

        test.IsOn.Should().BeTrue();
        test.Source.Acknowledged.Should().HaveCount(3);
        test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 1L });
        test.Status.Control.Should().BeEquivalentTo(new { Version = 1L, Waiting = 3L, Hold = new { Version = 1L, By = "ada", Reason = "INC-1: checkout fails" } });
        test.Control.State.Should().BeEquivalentTo(test.Status.Control);

        (await test.Control.ReleaseAsync(Ada)).IsDone.Should().BeTrue();
        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 3L, Age = TimeSpan.Zero });
        test.IsOn.Should().BeFalse();
        await test.PlayAsync(Rules(4, on: true));
        test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task HistoryListsWhatWasAcceptedAndWhatItChanged()
    {
        await using var test = new ClientUnderTest(client => client.Configure(options => options.HistoryLength = 3));
        await test.PlayAsync(Rules(1, on: true), Rules(2, on: true), Rules(3, on: false), Rules(4, on: false));
        await test.Control.StepBackAsync(Ada);

        test.Control.History.Select(entry => (entry.Version, entry.IsInForce, entry.Changes.Changed.Count)).Should().Equal((4, false, 0), (3, true, 1), (2, false, 0));
        test.Control.History[0].Should().BeEquivalentTo(new { Source = "script", Origin = SnapshotOrigin.Source, AcceptedAt = test.Time.GetUtcNow() });

        await test.PlayAsync(Rules(5), Rules(6), Rules(7), Rules(8));

        test.Control.History.Select(entry => entry.Version).Should().Equal(8, 7, 3);
    }

    [Fact]
    public async Task ActThatIsNotPossibleSaysWhyAndChangesNothing()
    {
        await using var test = new ClientUnderTest();
        (await test.Control.HoldAsync(Ada)).Result.Should().Be(ControlResult.NothingInForce);
        (await test.Control.StepBackAsync(Ada)).Result.Should().Be(ControlResult.NothingInForce);
        await test.PlayAsync(Rules(1), Rules(2));

        (await test.Control.StepForwardAsync(Ada)).Result.Should().Be(ControlResult.NothingNewer);
        (await test.Control.ReleaseAsync(Ada)).Result.Should().Be(ControlResult.NotHeld);
        (await test.Control.PinAsync(7, Ada)).Should().BeEquivalentTo(new { Result = ControlResult.UnknownVersion, Message = "The history has no version 7. It has: 2, 1." });
        (await test.Control.RemoveOverrideAsync("f", Ada)).Result.Should().Be(ControlResult.NotOverridden);
        (await test.Control.HoldAsync(new("ada", "x") { SurvivesRestart = true })).Result.Should().Be(ControlResult.CannotSurviveRestart);
        await test.Control.StepBackAsync(Ada);
        (await test.Control.StepBackAsync(Ada)).Result.Should().Be(ControlResult.NothingOlder);

        test.Control.AuditTrail.Should().ContainSingle();
        test.Status.SnapshotVersion.Should().Be(1);
    }

    [Fact]
    public async Task PinHoldsAVersionAndStepsGoOnFromThere()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2), Rules(3), Rules(4));

        await test.Control.PinAsync(2, Ada);
        test.Status.SnapshotVersion.Should().Be(2);
        await test.Control.StepForwardAsync(Ada);
        test.Control.State.Should().BeEquivalentTo(new { Version = 3L, Waiting = 4L });
        await test.Control.StepForwardAsync(Ada);

        test.Control.State.Should().BeEquivalentTo(new { Version = 4L, Hold = (SnapshotHold?)null, IsActive = false });
    }

    [Fact]
    public async Task ActsAreLoggedAndInTheTrail()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2));

        await test.Control.StepBackAsync(new("ada", "why\nnot") { ExpiresAfter = TimeSpan.FromHours(1) });
        await test.Control.ReleaseAsync(new("bob", "mended"));

        test.Control.AuditTrail.Should().BeEquivalentTo(
            [
                new { Kind = ControlActKind.Release, By = "bob", Reason = "mended", FromVersion = 1L, ToVersion = 2L, HeldVersion = (long?)null },
                new { Kind = ControlActKind.StepBack, By = "ada", Reason = "why\nnot", FromVersion = 2L, ToVersion = 1L, HeldVersion = (long?)1 },
            ],
            options => options.WithStrictOrdering());
        var held = test.Logs.GetSnapshot().Single(line => line.Id.Id == 500);
        held.Level.Should().Be(LogLevel.Warning);
        held.Message.Should().Contain("'ada'").And.Contain("until 2026-06-01 13:00:00Z").And.NotContain("\n");
        test.Logs.GetSnapshot().Single(line => line.Id.Id == 501).Should().BeEquivalentTo(new { Level = LogLevel.Information });
    }

    [Fact]
    public async Task HandlersReceiveTheCauseOfActsThatChangeAnswers()
    {
        await using var test = new ClientUnderTest();
        var seen = new ConcurrentQueue<(long, SnapshotChangeCause?)>();
        using var subscription = test.Client.OnChange(change => seen.Enqueue((change.Current.Version, change.Cause)));
        await test.PlayAsync(Rules(1));
        await Until.HoldsAsync(() => seen.Count == 1);
        await test.PlayAsync(Rules(2));
        await Until.HoldsAsync(() => seen.Count == 2);

        await test.Control.HoldAsync(Ada);
        await test.Control.StepBackAsync(Ada);
        await Until.HoldsAsync(() => seen.Count == 3);
        await test.PlayAsync(Kill(9, "f", "off"));
        await Until.HoldsAsync(() => seen.Count == 4);

        seen.Select(change => (change.Item1, change.Item2!.Kind, change.Item2.Act?.By)).Should().Equal(
            (1, SnapshotChangeKind.Source, null), (2, SnapshotChangeKind.Source, null), (1, SnapshotChangeKind.Operator, "ada"), (1, SnapshotChangeKind.Kill, null));
    }

    [Fact]
    public async Task HoldExpiresByItself()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1, on: true), Rules(2, on: false));
        await test.Control.StepBackAsync(new("ada", "for an hour") { ExpiresAfter = TimeSpan.FromHours(1) });

        test.Time.Advance(TimeSpan.FromMinutes(59));
        test.IsOn.Should().BeTrue();
        test.Time.Advance(TimeSpan.FromMinutes(2));

        await Until.HoldsAsync(() => !test.IsOn);
        test.Control.AuditTrail[0].Should().BeEquivalentTo(new { Kind = ControlActKind.HoldExpired, By = "ada", Reason = "for an hour", FromVersion = 1L, ToVersion = 2L });
        test.Status.Control.Should().BeNull();
    }

    [Fact]
    public async Task SteppingBackBringsTheKillsOfThatTimeAndThoseSince()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Two(5), Kill(6, "f", "off"), Two(7), Kill(8, "g", "off"), Two(9));
        Both().Should().Be((true, true));

        await test.Control.StepBackAsync(Ada);
        Both().Should().Be((true, false));
        await test.Control.StepBackAsync(Ada);
        Both().Should().Be((false, false));

        await test.Control.PinAsync(7, Ada);
        await test.PlayAsync(Kill(10, "f", "off"));
        Both().Should().Be((false, false));
        await test.Control.ReleaseAsync(Ada);
        Both().Should().Be((false, true));

        (bool, bool) Both() => (test.IsOn, test.Client.IsEnabled("g", EvaluationContext.Empty));
    }

    [Fact]
    public async Task HeldRulesAreCurrentForAsLongAsTheSourceAnswers()
    {
        await using var test = new ClientUnderTest(client => client.Configure(options => options.MaxStaleness = TimeSpan.FromMinutes(5)));
        await test.PlayAsync(Rules(1));
        test.Time.Advance(TimeSpan.FromMinutes(4));
        await test.PlayAsync(Rules(2));
        await test.Control.PinAsync(1, Ada);

        test.Time.Advance(TimeSpan.FromMinutes(4));
        await test.PlayAsync(Current());
        test.Time.Advance(TimeSpan.FromMinutes(4));

        test.Status.State.Should().Be(FeatureClientState.Ready);
        test.Client.GetSnapshot().IsStale.Should().BeFalse();
        test.Time.Advance(TimeSpan.FromMinutes(2));
        test.Status.State.Should().Be(FeatureClientState.Stale);
    }

    [Fact]
    public async Task SteppingBackWorksWhileTheBackendIsDead()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1, on: true), Rules(2, on: false), Throw(new SnapshotSourceException("Down.")));

        (await test.Control.StepBackAsync(Ada)).IsDone.Should().BeTrue();

        test.IsOn.Should().BeTrue();
        test.Status.State.Should().Be(FeatureClientState.Stale);
    }

    [Fact]
    public async Task DisposedClientIsNotSteered()
    {
        var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2));
        await test.DisposeAsync();

        (await test.Control.StepBackAsync(Ada)).Result.Should().Be(ControlResult.Closed);

        test.Status.State.Should().Be(FeatureClientState.Closed);
    }

    [Theory]
    [InlineData("", "why")]
    [InlineData("who", " ")]
    [InlineData(null, "why")]
    public void ActNamesWhoAndWhy(string? by, string reason) =>
        FluentActions.Invoking(() => new ControlAct(by!, reason)).Should().Throw<ArgumentException>();

    [Fact]
    public void ActExpiresInTheFuture() =>
        FluentActions.Invoking(() => Ada with { ExpiresAfter = TimeSpan.Zero }).Should().Throw<ArgumentOutOfRangeException>();

    private static Turn Rules(long version, bool on = true) => Document(ClientUnderTest.Document(version, on));

    private static Turn Two(long version) => Document($$"""
        {"schema": "progressive-delivery/1", "version": {{version}},
         "flags": {"f": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on" }, "g": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on" } } }
        """);
}
