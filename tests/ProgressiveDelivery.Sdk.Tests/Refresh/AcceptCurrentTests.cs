using System.Globalization;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Versions that went too far, and backends that begin anew: an operator accepts what the source has.</summary>
public sealed class AcceptCurrentTests : IDisposable
{
    private const long Far = long.MaxValue;

    private static readonly ControlAct Act = new("ada", "INC-7: restored from the backup");
    private static readonly ControlAct Lasting = new("ada", "INC-7") { SurvivesRestart = true };
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));

    private readonly TempFolder _folder = new();
    private readonly Signer _signer = new();

    public void Dispose()
    {
        _folder.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public async Task DocumentOfALowerVersionIsAcceptedOnceAndWrittenDown()
    {
        await using var test = Client();
        var causes = new List<SnapshotChangeCause?>();
        test.Client.OnChange(change =>
        {
            lock (causes) causes.Add(change.Cause);
        });
        await test.PlayAsync(Rules(Far, on: false), Rules(42, on: true));
        test.Status.Cause!.Message.Should().Contain("PD1005").And.Contain("AcceptCurrentAsync");

        var outcome = await AcceptAsync(test, Rules(43, on: true));

        outcome.Should().BeEquivalentTo(new { Result = ControlResult.Done, IsDone = true });
        outcome.Message.Should().Contain("Version 43").And.Contain(Far.ToString(CultureInfo.InvariantCulture)).And.Contain("in force");
        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 43L, State = FeatureClientState.Ready });
        test.IsOn.Should().BeTrue();
        test.Control.History.Select(entry => entry.Version).Should().Equal(43, Far);
        test.Control.AuditTrail.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = ControlActKind.AcceptCurrent, By = "ada", FromVersion = Far, ToVersion = 43L });
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 510).Which.Message.Should().Contain("'ada'").And.Contain("INC-7");
        await Until.HoldsAsync(() => Last()?.Act?.Kind == ControlActKind.AcceptCurrent);

        await test.PlayAsync(Rules(44, on: false), Rules(10, on: true));
        test.Status.SnapshotVersion.Should().Be(44, "once is once");
        test.Status.Cause!.Message.Should().Contain("PD1005");

        SnapshotChangeCause? Last()
        {
            lock (causes) return causes.LastOrDefault();
        }
    }

    [Fact]
    public async Task KeptFileOfAHigherVersionDoesNotWinAtTheNextRestart()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Rules(41, on: false), Rules(Far, on: false), Current());
            await AcceptAsync(test, Rules(43, on: true));
            await test.PlayAsync(Current());
        }

        Directory.GetFiles(_folder.Path).Select(Path.GetExtension).Should().BeEquivalentTo(".snapshot", ".snapshot", ".superseded");
        await using var restarted = Client();
        await restarted.PlayAsync(Down);
        restarted.Status.SnapshotVersion.Should().Be(43);
        restarted.IsOn.Should().BeTrue();
        await restarted.PlayAsync(Rules(44, on: false));
        restarted.Status.SnapshotVersion.Should().Be(44);
    }

    [Fact]
    public async Task KillFarBeyondEndsAndALawfulOneStays()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Rules(5, on: true), Kill(Far, "f", "off"), Kill(9, "g", "off"), Rules(6, on: true));
            test.IsOn.Should().BeFalse("no snapshot is newer than that kill");
            test.Warnings.Should().ContainSingle(line => line.Id.Id == 516).Which.Message.Should().Contain("'f'").And.Contain("AcceptCurrentAsync");

            var outcome = await AcceptAsync(test, Current());

            outcome.Should().BeEquivalentTo(new { Result = ControlResult.Done });
            outcome.Message.Should().Contain("'f'").And.NotContain("'g'");
            test.IsOn.Should().BeTrue();
            await test.PlayAsync(Current());
        }

        await using var restarted = Client();
        await restarted.PlayAsync(Down);
        restarted.IsOn.Should().BeTrue();
        restarted.Client.EvaluateBoolean("g", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed);
    }

    [Fact]
    public async Task KillsAreObeyedAfterVersionsBeganAnew()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(Far, on: false));
        await AcceptAsync(test, Rules(43, on: true));

        await test.PlayAsync(Kill(43, "f", "off"));

        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed, "the history's older one has a higher version");
        await test.PlayAsync(Rules(44, on: true));
        test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task PatchOnTheAcceptedVersionIsApplied()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(Far, on: false));
        await AcceptAsync(test, Rules(43, on: true));

        await test.PlayAsync(Patch("""{"baseVersion":43,"version":44,"set":{"flags":{}}}"""));

        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 44L, Cause = (object?)null });
    }

    [Fact]
    public async Task PatchIsNoCurrentDocument()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(9, on: false));
        var order = await OrderAsync(test);

        await test.PlayAsync(Patch("""{"baseVersion":9,"version":10,"set":{"flags":{}}}"""));
        test.Status.SnapshotVersion.Should().Be(10);
        order.IsCompleted.Should().BeFalse();

        await test.PlayAsync(Rules(3, on: true));
        (await order.WaitAsync(Until.Patience)).Result.Should().Be(ControlResult.Done);
    }

    [Fact]
    public async Task WhatIsAcceptedWaitsWhileAnotherIsHeldAndAlsoAfterARestart()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Rules(Far, on: false));
            await test.Control.HoldAsync(Lasting);
            (await AcceptAsync(test, Rules(43, on: true))).Message.Should().Contain("waits");
            test.Status.Should().BeEquivalentTo(new { SnapshotVersion = Far, Control = new { Waiting = 43L } });
            await test.PlayAsync(Current());
        }

        await using var restarted = Client();
        await restarted.PlayAsync(Rules(44, on: true));
        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = Far, Cause = (object?)null, Control = new { Waiting = 44L } });
        await restarted.Control.ReleaseAsync(Act);
        restarted.Status.SnapshotVersion.Should().Be(44);
    }

    [Fact]
    public async Task PinnedVersionStaysAndWhatIsAcceptedFollowsIt()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(41, on: true), Rules(Far, on: false));
        await test.Control.PinAsync(41, Act);

        await AcceptAsync(test, Rules(43, on: true));
        test.Status.SnapshotVersion.Should().Be(41);
        await test.Control.ReleaseAsync(Act);

        test.Status.SnapshotVersion.Should().Be(43);
        (await test.Control.StepBackAsync(Act)).Message.Should().Contain(Far.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task WhatIsRefusedForAnotherReasonIsNotAccepted()
    {
        await using var test = Client(client => client.TrustKeys(keys => keys.Add(_signer.Id, _signer.PublicPem)));
        await test.PlayAsync(Signed(9, on: true));

        (await AcceptAsync(test, Rules(3, on: false))).Should().BeEquivalentTo(new { Result = ControlResult.NotAccepted, IsDone = false }).And.Subject.As<ControlOutcome>().Message.Should().Contain("PD1013");
        test.Status.SnapshotVersion.Should().Be(9);
        (await AcceptAsync(test, Signed(3, on: false))).Result.Should().Be(ControlResult.Done);
        test.Status.SnapshotVersion.Should().Be(3);
    }

    [Fact]
    public async Task NothingIsAcceptedWhereTheSourceHasWhatIsInForce()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(9, on: true));

        (await AcceptAsync(test, Rules(9, on: true))).Should().BeEquivalentTo(new { Result = ControlResult.NothingToAccept, IsDone = false });
        (await AcceptAsync(test, Current())).Result.Should().Be(ControlResult.NothingToAccept);
        test.Control.AuditTrail.Should().BeEmpty();
    }

    [Fact]
    public async Task SourceIsCalledAndSendsTheWholeFromItsBeginning()
    {
        await using var test = Client();
        test.Source.Waiting = token => new(Task.Delay(Timeout.Infinite, token));
        test.Start();
        await test.Source.NextReadAsync();
        test.Source.Then(Rules(9, on: false));
        await Until.HoldsAsync(() => test.Status.SnapshotVersion == 9);

        var order = test.Control.AcceptCurrentAsync(Act);
        await test.Source.NextReadAsync();
        test.Source.StartsOver.Should().Be(1, "a stream must not go on where it was, nor a poll ask by its tag");
        test.Source.Then(Rules(3, on: true));

        (await order.WaitAsync(Until.Patience)).Result.Should().Be(ControlResult.Done);
    }

    [Fact]
    public async Task SourceThatDoesNotAnswerIsAcceptedWhenItDoesAndNotTooLate()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(9, on: false));

        var first = test.Control.AcceptCurrentAsync(Act);
        await test.Source.NextReadAsync();
        await test.Time.AdvanceUntilDoneAsync(first, TimeSpan.FromSeconds(1));
        (await first).Should().BeEquivalentTo(new { Result = ControlResult.Ordered, IsDone = true });
        await test.Time.WithoutPausesAsync(async () =>
        {
            test.Source.Then(Down);
            await test.Source.NextReadAsync();
        });
        test.Source.Then(Rules(3, on: true));
        await test.Source.NextReadAsync();
        test.Status.SnapshotVersion.Should().Be(3);

        _ = test.Control.AcceptCurrentAsync(new("ada", "again") { ExpiresAfter = TimeSpan.FromMinutes(5) });
        await test.Source.NextReadAsync();
        test.Time.Advance(TimeSpan.FromMinutes(6));
        test.Source.Then(Rules(2, on: true));
        await test.Source.NextReadAsync();
        test.Status.SnapshotVersion.Should().Be(3, "the order has lapsed");
    }

    [Fact]
    public async Task OrderEndsWithTheClient()
    {
        var test = Client();
        await test.PlayAsync(Rules(9, on: false));
        var order = await OrderAsync(test);

        await test.DisposeAsync();

        (await order.WaitAsync(Until.Patience)).Result.Should().Be(ControlResult.Closed);
        (await test.Control.AcceptCurrentAsync(Act)).Result.Should().Be(ControlResult.Closed);
    }

    [Theory]
    [InlineData(0, long.MaxValue, true)]
    [InlineData(0, 1L << 62, true)]
    [InlineData(0, (1L << 62) - 1, false)]
    [InlineData(42, (1L << 53) + 43, true)]
    [InlineData(42, (1L << 53) + 42, false)]
    [InlineData(42, 1_764_400_000_000, false)]                                   // a counter becomes a clock
    [InlineData(1_764_400_000_000_000, 1_764_400_000_000_000_000, true)]         // micro- become nanoseconds: nobody can go back
    [InlineData(1_764_400_000_000_000_000, 1_864_400_000_000_000_000, false)]    // a clock in nanoseconds that rested for three years
    [InlineData(9, 8, false)]
    [InlineData(long.MaxValue, long.MaxValue, false)]
    public void FarIsWhatNothingThatCountsComesTo(long current, long version, bool isFar) => VersionJump.IsFar(version, current).Should().Be(isFar);

    [Fact]
    public async Task VersionThatJumpsIsToldOnceAndNamesTheAct()
    {
        await using var test = Client();

        await test.PlayAsync(Rules(5, on: true), Rules(Far, on: false), Rules(6, on: true));

        test.Warnings.Where(line => line.Message.Contains("PD1018", StringComparison.Ordinal)).Should().ContainSingle().Which.Message.Should().Contain("AcceptCurrentAsync");
    }

    private static Turn Rules(long version, bool on) => Document($$"""
        {"schema": "progressive-delivery/1", "version": {{version}},
         "flags": {"f": {{Flag(on)}}, "g": {{Flag(on)}} } }
        """);

    private static string Flag(bool on) => $$"""{"type": "boolean", "variants": {"on": true, "off": false}, "default": "{{(on ? "on" : "off")}}"}""";

    private Turn Signed(long version, bool on)
    {
        var text = _signer.Signed(ClientUnderTest.Document(version, on));
        return _ => new(SnapshotReading.OfDocument(text.Bytes, signature: text.Signature));
    }

    private ClientUnderTest Client(Action<ProgressiveDeliveryBuilder>? more = null) => new(client =>
    {
        client.KeepLastKnownGoodIn(_folder.Path);
        more?.Invoke(client);
    });

    // The loop is in a read, which it is called away from.
    private static async Task<Task<ControlOutcome>> OrderAsync(ClientUnderTest test)
    {
        var order = test.Control.AcceptCurrentAsync(Act);
        await test.Source.NextReadAsync();
        return order;
    }

    private static async Task<ControlOutcome> AcceptAsync(ClientUnderTest test, Turn answer)
    {
        var order = await OrderAsync(test);
        await test.PlayAsync(answer);
        return await order.WaitAsync(Until.Patience);
    }
}
