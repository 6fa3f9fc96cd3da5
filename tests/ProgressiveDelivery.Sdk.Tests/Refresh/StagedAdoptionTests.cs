using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Steering;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>The adoption of a new snapshot is a rollout over instances: each waits its own share of the bake time.</summary>
public sealed class StagedAdoptionTests
{
    private static readonly ControlAct Ada = new("ada", "INC-1");
    private static readonly TimeSpan Bake = TimeSpan.FromHours(1);

    // One that waits long for the versions of these tests: time passes while a source is played.
    private static readonly string Instance = Enumerable.Range(0, 100_000).Select(i => $"web-{i}")
        .First(instance => Array.TrueForAll([2L, 3L, 6L], version => new AdoptionPlan(Bake, instance, "adoption").DelayOf(version) > TimeSpan.FromMinutes(10)));

    [Fact]
    public async Task WithoutBakeTimeEachSnapshotIsAdoptedAtOnce()
    {
        await using var test = new ClientUnderTest(client => client.StageAdoption(adoption => adoption.BakeTime = TimeSpan.Zero));
        await test.PlayAsync(Rules(1), Rules(2, on: false));

        test.IsOn.Should().BeFalse();
        test.Status.Control.Should().BeNull();
    }

    [Fact]
    public async Task FirstSnapshotIsAdoptedAtOnceAndTheNextOneWaits()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1));
        test.IsOn.Should().BeTrue();
        var began = test.Time.GetUtcNow();

        await test.PlayAsync(Rules(2, on: false));

        test.IsOn.Should().BeTrue();
        test.Status.Control.Should().BeEquivalentTo(new { Version = 1L, Waiting = 2L, Hold = new { By = "snapshot canary", IsAdoption = true } });
        test.Status.Control!.Hold!.ExpiresAt.Should().BeAfter(began).And.BeBefore(test.Time.GetUtcNow() + Bake);
        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).IsHeld.Should().BeFalse("no operator holds it");
        test.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 206 && line.Message.Contains("snapshot canary"));
    }

    [Fact]
    public async Task SnapshotIsAdoptedWhenItsTimeHasComeAndAnnouncedAsTheSources()
    {
        await using var test = Staged();
        var seen = new ConcurrentQueue<(long Version, SnapshotChangeKind? Cause)>();
        using var subscription = test.Client.OnChange(change => seen.Enqueue((change.Current.Version, change.Cause?.Kind)));
        await test.PlayAsync(Rules(1), Rules(2, on: false));
        var due = Due(test);
        await Until.HoldsAsync(() => seen.Count == 1);

        test.Time.Advance(due - test.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        test.IsOn.Should().BeTrue();
        test.Time.Advance(TimeSpan.FromSeconds(2));

        await Until.HoldsAsync(() => !test.IsOn && test.Status.Control is null);
        await Until.HoldsAsync(() => seen.Count == 2);
        seen.Should().Equal((1, SnapshotChangeKind.Source), (2, SnapshotChangeKind.Source));
        test.Control.AuditTrail.Should().BeEmpty("a wait is no act of an operator");
        await Until.HoldsAsync(() => test.Logs.GetSnapshot().Any(line => line.Id.Id == 590));
        test.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task KillIsNotDelayed()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1), Rules(2));

        await test.PlayAsync(Kill(3, "f", "off"));

        test.IsOn.Should().BeFalse();
        test.Status.Control!.Waiting.Should().Be(2);
        await AdoptAsync(test, 2);
        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task NewerSnapshotReplacesTheOneThatWaits()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1), Rules(2, on: false));
        var first = test.Status.Control!.Hold!;

        await test.PlayAsync(Rules(3, on: true));

        var second = test.Status.Control!.Hold!;
        test.Status.Control.Waiting.Should().Be(3);
        second.Since.Should().Be(first.Since);
        second.ExpiresAt.Should().NotBe(first.ExpiresAt!.Value).And.BeOnOrBefore(first.Since + Bake);
        await AdoptAsync(test, 3);
    }

    [Fact]
    public async Task SnapshotsWithoutEndDelayTheAdoptionByTheBakeTimeAtMost()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1));
        var begun = default(DateTimeOffset?);

        for (var version = 2L; test.Status.SnapshotVersion == 1; version++)
        {
            await test.PlayAsync(Rules(version));
            begun ??= test.Time.GetUtcNow();
            (test.Time.GetUtcNow() - begun.Value).Should().BeLessThanOrEqualTo(Bake);
            test.Time.Advance(TimeSpan.FromMinutes(1));
            await Until.HoldsAsync(() => test.Status.SnapshotVersion > 1 || test.Time.GetUtcNow() < Due(test));
        }
    }

    [Fact]
    public async Task PatchWaitsWithItsBase()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1), Rules(2));
        var due = Due(test);

        await test.PlayAsync(Patch("""
            {"baseVersion": 2, "version": 3, "set": {"flags": {"f": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "off" } } } }
            """));

        (test.Status.Control!.Waiting, Due(test)).Should().Be((3, due));
        test.IsOn.Should().BeTrue();
        await AdoptAsync(test, 3);
        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task OperatorEndsTheWait()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1), Rules(2, on: false));

        (await test.Control.ReleaseAsync(Ada)).IsDone.Should().BeTrue();

        test.IsOn.Should().BeFalse();
        test.Status.Control.Should().BeNull();
        test.Control.AuditTrail[0].Should().BeEquivalentTo(new { Kind = ControlActKind.Release, By = "ada", FromVersion = 1L, ToVersion = 2L });
    }

    [Fact]
    public async Task OperatorsHoldOutranksTheWait()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1), Rules(2, on: false));

        await test.Control.PinAsync(1, Ada);
        test.Time.Advance(Bake + Bake);
        await test.PlayAsync(Rules(3, on: false));

        test.IsOn.Should().BeTrue();
        test.Status.Control.Should().BeEquivalentTo(new { Version = 1L, Waiting = 3L, Hold = new { By = "ada", IsAdoption = false } });
    }

    [Fact]
    public async Task AcceptedCurrentDocumentIsInForceAtOnce()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(5), Rules(6));

        var order = test.Control.AcceptCurrentAsync(Ada);
        await test.Source.NextReadAsync();
        await test.PlayAsync(Rules(4, on: false));

        (await order).IsDone.Should().BeTrue();
        test.IsOn.Should().BeFalse();
        test.Status.Control.Should().BeNull();
    }

    [Fact]
    public async Task RestartDuringTheWaitAdoptsAtOnce()
    {
        using var folder = new TempFolder();
        await using (var before = Staged(folder))
            await before.PlayAsync(Rules(1), Rules(2, on: false));

        await using var after = Staged(folder);
        after.Start();
        await Until.HoldsAsync(() => after.Status.SnapshotVersion > 0);

        after.Status.SnapshotVersion.Should().Be(2);
        after.IsOn.Should().BeFalse();
        await after.PlayAsync(Rules(3, on: true));
        after.IsOn.Should().BeTrue("the first snapshot of the source does not wait");
    }

    [Fact]
    public async Task DisposedClientAdoptsNothing()
    {
        var test = Staged();
        await test.PlayAsync(Rules(1), Rules(2, on: false));

        await test.DisposeAsync();
        test.Time.Advance(Bake);

        test.Status.State.Should().Be(FeatureClientState.Closed);
        test.Control.State.Waiting.Should().Be(2);
        test.Logs.GetSnapshot().Should().NotContain(line => line.Id.Id == 590);
    }

    private static ClientUnderTest Staged(TempFolder? folder = null) => new(client =>
    {
        client.DescribeHost(host => host.Facts["instance"] = Instance).StageAdoption(adoption => adoption.BakeTime = Bake);
        if (folder is not null)
            client.KeepLastKnownGoodIn(folder.Path);
    });

    private static DateTimeOffset Due(ClientUnderTest test) => test.Status.Control?.Hold?.ExpiresAt ?? DateTimeOffset.MaxValue;

    private static async Task AdoptAsync(ClientUnderTest test, long version)
    {
        test.Time.Advance(Bake);
        await Until.HoldsAsync(() => test.Status.SnapshotVersion == version && test.Status.Control is null);
    }

    private static Turn Rules(long version, bool on = true) => Document(ClientUnderTest.Document(version, on));
}
