using ProgressiveDelivery.Sdk.Control;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Acts on a state that the operator has seen, which may have changed since.</summary>
public sealed class RevisionTests
{
    private static readonly ControlAct Ada = new("ada", "INC-1");

    public static TheoryData<string> Acts => [.. All.Keys];

    private static readonly Dictionary<string, Func<ISnapshotControl, ControlAct, Task<ControlOutcome>>> All = new()
    {
        ["hold"] = (control, act) => control.HoldAsync(act),
        ["release"] = (control, act) => control.ReleaseAsync(act),
        ["step back"] = (control, act) => control.StepBackAsync(act),
        ["step forward"] = (control, act) => control.StepForwardAsync(act),
        ["pin"] = (control, act) => control.PinAsync(1, act),
        ["override"] = (control, act) => control.OverrideAsync("f", "off", act),
        ["remove"] = (control, act) => control.RemoveOverrideAsync("f", act),
        ["reset"] = (control, act) => control.ResetGuardsAsync("f", act),
        ["accept"] = (control, act) => control.AcceptCurrentAsync(act),
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task ActOnAnOutdatedStateIsNotDone(string act)
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2), Rules(3));
        await test.Control.StepBackAsync(Ada);
        await test.Control.OverrideAsync("f", "off", Ada);
        var seen = test.Control.State.Revision;
        await test.PlayAsync(Rules(4));
        var (before, trail) = (test.Control.State, test.Control.AuditTrail);

        var outcome = await All[act](test.Control, Ada with { IfRevision = seen });

        outcome.Should().BeEquivalentTo(new { Result = ControlResult.Outdated, IsDone = false });
        outcome.Message.Should().Be($"The state has changed since revision {seen}: it has revision {seen + 1}, and version 2 is in force. Look at it again, and repeat the act with that revision.");
        test.Control.State.Should().BeEquivalentTo(before);
        test.Control.AuditTrail.Should().Equal(trail);
        test.Source.StartsOver.Should().Be(0);
    }

    [Fact]
    public async Task ActOnTheStateThatItSawIsDoneAndMakesItAnother()
    {
        await using var test = new ClientUnderTest();
        test.Control.State.Revision.Should().Be(0);
        await test.PlayAsync(Rules(1), Rules(2));

        foreach (var act in (string[])["hold", "release", "step back", "step forward", "pin", "override", "remove"])
        {
            var seen = test.Control.State.Revision;
            (await All[act](test.Control, Ada with { IfRevision = seen })).IsDone.Should().BeTrue(act);
            test.Control.State.Revision.Should().BeGreaterThan(seen, act);
            (test.Status.Control?.Revision ?? test.Control.State.Revision).Should().Be(test.Control.State.Revision, act);
        }
    }

    [Fact]
    public async Task RevisionStaysWhereNothingIsAcceptedOrDone()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        var seen = test.Control.State.Revision;

        await test.PlayAsync(Current(), Throw(new Sdk.Sources.SnapshotSourceException("Down.")), Document("{"), Kill(1, "f", "off"), Rules(1));
        test.Client.Canary.Trip(Guarded.Trip()).Should().BeTrue();
        await test.Control.ReleaseAsync(Ada);
        await test.Control.PinAsync(7, Ada);

        test.Control.State.Revision.Should().Be(seen);
    }

    [Fact]
    public async Task GuardsResetByAnOperatorAndAnOrderAreActs()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        test.Client.Canary.Trip(Guarded.Trip());
        var seen = test.Control.State.Revision;

        (await test.Control.ResetGuardsAsync("f", Ada with { IfRevision = seen })).IsDone.Should().BeTrue();
        test.Control.State.Revision.Should().Be(seen + 1);
        await test.Control.OverrideAsync("f", "off", Ada);
        var order = test.Control.AcceptCurrentAsync(Ada with { IfRevision = seen + 2 });

        await Until.HoldsAsync(() => test.Control.State.Revision == seen + 3);
        test.Status.Control!.Revision.Should().Be(seen + 3);
        await test.Source.NextReadAsync();
        test.Source.Then(Rules(1));
        await order.WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task EndOfAnActByTimeMakesItAnother()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2));
        await test.Control.StepBackAsync(Ada with { ExpiresAfter = TimeSpan.FromMinutes(1) });
        await test.Control.OverrideAsync("f", "off", Ada with { ExpiresAfter = TimeSpan.FromMinutes(2) });
        var seen = test.Control.State.Revision;

        test.Time.Advance(TimeSpan.FromMinutes(1));
        test.Control.State.Should().BeEquivalentTo(new { Revision = seen + 1, Hold = (SnapshotHold?)null });
        test.Time.Advance(TimeSpan.FromMinutes(1));
        test.Control.State.Should().BeEquivalentTo(new { Revision = seen + 2, IsActive = false });
    }

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));
}
