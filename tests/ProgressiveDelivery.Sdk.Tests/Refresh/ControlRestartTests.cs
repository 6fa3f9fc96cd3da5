using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class ControlRestartTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));
    private static readonly ControlAct Lasting = new("ada", "INC-1") { SurvivesRestart = true };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HeldSnapshotIsInForceAgainBeforeTheSourceIsRead()
    {
        await RunAsync(test => test.Control.StepBackAsync(Lasting));
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.IsOn.Should().BeTrue();
        restarted.Status.Control.Should().BeEquivalentTo(new { Version = 1L, Waiting = 2L, Hold = new { By = "ada", Reason = "INC-1", SurvivesRestart = true } });
        restarted.Client.GetSnapshot().IsHeld.Should().BeTrue();
        restarted.Control.AuditTrail.Should().ContainSingle().Which.Kind.Should().Be(ControlActKind.HoldRestored);

        await restarted.PlayAsync(Rules(3, on: false));
        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 1L, State = FeatureClientState.Ready });
        await restarted.Control.ReleaseAsync(new("bob", "mended"));
        restarted.Status.SnapshotVersion.Should().Be(3);
    }

    [Fact]
    public async Task ReleaseOutlivesARestartToo()
    {
        await RunAsync(async test =>
        {
            await test.Control.StepBackAsync(Lasting);
            await test.Control.ReleaseAsync(new("ada", "mended"));
        });
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Control = (object?)null });
    }

    [Fact]
    public async Task ActWithoutTheWishEndsWithTheProcess()
    {
        await RunAsync(async test =>
        {
            await test.Control.StepBackAsync(new("ada", "now"));
            await test.Control.OverrideAsync("f", "off", new("ada", "now"));
        });
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Control = (object?)null });
        Directory.GetFiles(_folder.Path, "*.control").Should().BeEmpty();
    }

    [Fact]
    public async Task OverrideHoldsAgainAndItsExpiryGoesOnByTheClockOnTheWall()
    {
        await RunAsync(test => test.Control.OverrideAsync("f", "on", new("ada", "INC-1") { SurvivesRestart = true, ExpiresAfter = TimeSpan.FromHours(2) }));
        await using (var restarted = Client(TimeSpan.FromHours(1)))
        {
            await restarted.PlayAsync(Down);
            restarted.Client.EvaluateBoolean("f", EvaluationContext.Empty).Should().BeEquivalentTo(new { Value = true, Reason = EvaluationReason.Override });

            restarted.Time.Advance(TimeSpan.FromMinutes(61));
            await Until.HoldsAsync(() => !restarted.IsOn);
        }

        await using var late = Client(TimeSpan.FromHours(3));
        await late.PlayAsync(Down);
        late.IsOn.Should().BeFalse();
        late.Status.Control.Should().BeNull();
    }

    [Fact]
    public async Task OverrideThatIsRestoredBeforeThereAreRulesIsNotSaidToDoNothing()
    {
        await RunAsync(test => test.Control.OverrideAsync("f", "on", Lasting));
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.IsOn.Should().BeTrue();
        restarted.Logs.GetSnapshot().Should().NotContain(line => line.Id.Id == 506);
        restarted.Warnings.Should().ContainSingle(line => line.Id.Id == 507).Which.Message.Should().Contain("flag f").And.Contain("as soon as there are rules").And.Contain("INC-1");
    }

    [Fact]
    public async Task OverrideThatIsRestoredIsSaidToDoNothingOnceTheRulesLackItsFlag()
    {
        await RunAsync(async test =>
        {
            await test.Control.OverrideAsync("f", "on", Lasting);
            await test.Control.OverrideAsync("g", "on", Lasting);
        });
        await using var restarted = Client();

        await restarted.PlayAsync(Down, Down);

        restarted.Warnings.Should().ContainSingle(line => line.Id.Id == 506).Which.Message.Should().Contain("flag g");
    }

    [Fact]
    public async Task ActBeforeTheStartAddsToWhatSurvived()
    {
        await RunAsync(test => test.Control.OverrideAsync("f", "on", Lasting));
        await using (var second = Client())
            (await second.Control.OverrideAsync("g", "on", Lasting)).IsDone.Should().BeTrue();
        await using var third = Client();

        await third.PlayAsync(Down);

        third.Control.State.Overrides.Select(put => put.Flag).Should().Equal("f", "g");
    }

    [Theory]
    [InlineData("PDLKG1 nonsense")]
    [InlineData("")]
    public async Task DamagedFileIsOneWarningAndTheNewestIsFollowed(string content)
    {
        await RunAsync(test => test.Control.StepBackAsync(Lasting));
        await File.WriteAllTextAsync(Directory.GetFiles(_folder.Path, "*.control").Single(), content);
        await using var restarted = Client();

        await restarted.PlayAsync(Rules(2, on: false));

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Control = (object?)null });
        restarted.Warnings.Should().ContainSingle().Which.Message.Should().Contain(".control");
    }

    [Fact]
    public async Task DiskThatFailsIsToldAndTheActIsDone()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1, on: true), Rules(2, on: false));
        // Where the file should be is a folder.
        var path = Path.ChangeExtension(Directory.GetFiles(_folder.Path).First(), ".control");
        var name = Path.GetFileName(path).Split('.')[0];
        Directory.CreateDirectory(Path.Combine(_folder.Path, name + ".control", "x"));

        var outcome = await test.Control.StepBackAsync(Lasting);

        outcome.Should().BeEquivalentTo(new { IsDone = true, Result = ControlResult.DoneUntilRestart });
        outcome.Message.Should().Contain("not on disk");
        test.IsOn.Should().BeTrue();
        test.Warnings.Should().Contain(line => line.Id.Id == 406);
    }

    [Fact]
    public async Task KillsHoldUnderTheHeldSnapshotAfterARestart()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Rules(1, on: true), Kill(2, "f", "off"), Rules(3, on: true));
            await test.Control.StepBackAsync(Lasting);
            test.IsOn.Should().BeFalse();
        }

        await using var restarted = Client();
        await restarted.PlayAsync(Down);

        restarted.Client.EvaluateBoolean("f", EvaluationContext.Empty).Should().BeEquivalentTo(new { SnapshotVersion = 1L, Reason = EvaluationReason.Killed });
        await restarted.Control.ReleaseAsync(new("ada", "mended"));
        restarted.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task HoldOutranksTheExpiryOfItsSnapshotAfterARestartAndSaysSo()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Expiring(1, on: true), Rules(2, on: false));
            await test.Control.StepBackAsync(Lasting);
        }

        await using var restarted = Client(TimeSpan.FromHours(2));
        await restarted.PlayAsync(Down);

        restarted.IsOn.Should().BeTrue();
        restarted.Client.GetSnapshot().IsHeld.Should().BeTrue();
        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 1L, State = FeatureClientState.Stale, Cause = new { Kind = FeatureClientFaultKind.Expired } });
        restarted.Status.Cause!.Message.Should().Contain("'ada' holds").And.Contain("a hold outranks an expiry");
        restarted.Warnings.Should().ContainSingle(line => line.Id.Id == 504).Which.Message.Should().Contain("version 1").And.Contain("2026-06-01 13:00:00Z");
        restarted.Status.Control!.Hold!.Version.Should().Be(1);
        await restarted.Control.ReleaseAsync(new("bob", "mended"));
        restarted.Status.SnapshotVersion.Should().Be(2);
    }

    [Fact]
    public async Task SnapshotThatHasExpiredCanBeHeldAndTheOutcomeSaysSo()
    {
        await using var test = Client();
        await test.PlayAsync(Expiring(1, on: true), Rules(2, on: false));
        test.Time.Advance(TimeSpan.FromHours(2));

        var outcome = await test.Control.StepBackAsync(Lasting);

        outcome.Should().BeEquivalentTo(new { Result = ControlResult.Done });
        outcome.Message.Should().Contain("It expired at 2026-06-01 13:00:00Z; the hold outranks that.");
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 504);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(60, false)]
    [InlineData(180, false)]
    public async Task HoldThatHasExpiredMeanwhileIsNotRestored(int minutes, bool isHeld)
    {
        await RunAsync(test => test.Control.StepBackAsync(Lasting with { ExpiresAfter = TimeSpan.FromHours(1) }));
        await using var restarted = Client(TimeSpan.FromMinutes(minutes));

        await restarted.PlayAsync(Down);

        (restarted.IsOn, restarted.Status.Control is not null).Should().Be((isHeld, isHeld));
        restarted.Control.AuditTrail.Should().HaveCount(isHeld ? 1 : 0);
    }

    [Fact]
    public async Task HeldSnapshotThatIsNotAcceptedAnyMoreStaysOnDisk()
    {
        await RunAsync(test => test.Control.StepBackAsync(Lasting));
        var file = Directory.GetFiles(_folder.Path, "*.control").Single();
        var before = await File.ReadAllBytesAsync(file);
        await using (var strict = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.Path).Configure(options => options.Limits.MaxDepth = 1)))
            await strict.PlayAsync(Down);

        (await File.ReadAllBytesAsync(file)).Should().Equal(before);
    }

    private static Turn Expiring(long version, bool on) => Document(ClientUnderTest.Document(version, on, "\"expiresAt\": \"2026-06-01T13:00:00Z\","));

    private static Turn Rules(long version, bool on) => Document(ClientUnderTest.Document(version, on));

    private ClientUnderTest Client(TimeSpan later = default)
    {
        var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.Path));
        test.Time.Advance(later);
        return test;
    }

    private async Task RunAsync(Func<ClientUnderTest, Task> act)
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1, on: true), Rules(2, on: false));
        await act(test);
    }
}
