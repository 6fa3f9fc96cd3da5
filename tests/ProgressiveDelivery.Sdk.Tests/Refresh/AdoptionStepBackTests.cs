using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Steering;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>An instance whose work fails after it adopted a new snapshot steps back by itself.</summary>
public sealed class AdoptionStepBackTests
{
    private static readonly ControlAct Ada = new("ada", "INC-1");
    private static readonly TimeSpan Bake = TimeSpan.FromHours(1);

    // One that waits for the versions of these tests, though not for long.
    private static readonly string Instance = Enumerable.Range(0, 1_000_000).Select(i => $"web-{i}")
        .First(instance => Array.TrueForAll([2L, 3L, 4L], version => new AdoptionPlan(Bake, instance, "adoption").DelayOf(version) is { TotalMinutes: > 10 and < 40 }));

    [Fact]
    public async Task FailuresAfterAnAdoptionPutTheSnapshotBeforeInForceAndHoldIt()
    {
        await using var test = Staged();
        var seen = new ConcurrentQueue<(long Version, string? By)>();
        using var subscription = test.Client.OnChange(change => seen.Enqueue((change.Current.Version, change.Cause?.Act?.By)));
        await AdoptedAsync(test, 2);
        await Until.HoldsAsync(() => seen.LastOrDefault() == (2, null));

        Fail(test, 100);

        test.IsOn.Should().BeTrue();
        test.Status.Control.Should().BeEquivalentTo(new { Version = 1L, Waiting = 2L, Hold = new { By = "snapshot canary", ExpiresAt = (DateTimeOffset?)null, IsAdoption = false } });
        test.Control.AuditTrail.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Kind = ControlActKind.StepBack,
            By = "snapshot canary",
            Reason = "100 of 100 outcomes since the adoption of version 2 failed, and the limit is 5%.",
            FromVersion = 2L,
            ToVersion = 1L,
        });
        test.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 500 && line.Level == LogLevel.Warning);
        await Until.HoldsAsync(() => seen.Last() == (1, "snapshot canary"));
    }

    [Fact]
    public async Task FewOutcomesAndFailuresWithinTheLimitProveNothing()
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);

        Fail(test, 99);
        test.IsOn.Should().BeFalse();
        for (var i = 0; i < 10_000; i++)
            test.Client.Health.ReportSuccess();
        Fail(test, 200);

        test.IsOn.Should().BeFalse("299 of 10,299 failed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallsThroughFlagsCountUntilTheApplicationReports(bool reports)
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);
        if (reports)
            test.Client.Health.ReportSuccess();

        for (var i = 0; i < 100; i++)
            Call(test).Should().Throw<InvalidOperationException>();

        test.Control.AuditTrail.Should().HaveCount(reports ? 0 : 1);
        if (!reports)
            Call(test).Should().NotThrow("the snapshot before is in force");
    }

    private static Action Call(ClientUnderTest test) => () => test.Client.Execute(
        new FeatureFlag<bool>("f", fallback: false), EvaluationContext.Empty, 0, static (_, _) => true, static (_, _) => throw new InvalidOperationException());

    [Fact]
    public async Task FailuresBeforeTheAdoptionDoNotCount()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1));
        Fail(test, 10_000);
        await test.PlayAsync(Rules(2, on: false));
        Fail(test, 10_000);

        test.Status.SnapshotVersion.Should().Be(1);
        await AdoptedAsync(test, 2, isPlayed: true);
        Fail(test, 99);

        test.IsOn.Should().BeFalse();
        test.Control.AuditTrail.Should().BeEmpty();
    }

    [Fact]
    public async Task FailuresAfterTheBakeTimeAreNotTheSnapshots()
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);

        test.Time.Advance(Bake + TimeSpan.FromSeconds(1));
        Fail(test, 10_000);

        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task StepBackIsDoneOnceAndNotRepeatedAfterARelease()
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);
        Fail(test, 10_000);
        test.Control.AuditTrail.Should().ContainSingle();

        await test.Control.ReleaseAsync(Ada);
        Fail(test, 10_000);

        test.IsOn.Should().BeFalse("an operator chose it");
        test.Control.AuditTrail.Select(record => record.Kind).Should().Equal(ControlActKind.Release, ControlActKind.StepBack);
    }

    [Fact]
    public async Task ManyThreadsStepBackOnce()
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Fail(test, 2_000))));

        test.Control.AuditTrail.Should().ContainSingle();
        test.Status.SnapshotVersion.Should().Be(1);
    }

    [Fact]
    public async Task SnapshotThatNeverCameIntoForceIsSkippedOnTheWayBack()
    {
        await using var test = Staged();
        await test.PlayAsync(Rules(1), Rules(2, on: false));
        await AdoptedAsync(test, 3);

        Fail(test, 100);

        test.Status.SnapshotVersion.Should().Be(1);
        test.Status.Control!.Waiting.Should().Be(3);
    }

    [Fact]
    public async Task NewerSnapshotThatWaitsDoesNotKeepTheBadOne()
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);
        await test.PlayAsync(Rules(3, on: false));

        Fail(test, 100);

        test.Status.Control.Should().BeEquivalentTo(new { Version = 1L, Waiting = 3L, Hold = new { IsAdoption = false } });
        test.Time.Advance(Bake + Bake);
        test.Status.SnapshotVersion.Should().Be(1);
    }

    [Fact]
    public async Task OperatorsHoldIsLeftAlone()
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);
        await test.Control.HoldAsync(Ada);

        Fail(test, 10_000);

        test.Status.Control!.Hold.Should().BeEquivalentTo(new { Version = 2L, By = "ada" });
    }

    [Fact]
    public async Task WithoutALimitNoInstanceStepsBack()
    {
        await using var test = new ClientUnderTest(client => client.DescribeHost(host => host.Facts["instance"] = Instance).StageAdoption(adoption => (adoption.BakeTime, adoption.Limit) = (Bake, null)));
        await AdoptedAsync(test, 2);

        Fail(test, 10_000);

        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task DisposedClientDoesNotStepBack()
    {
        var test = Staged();
        await AdoptedAsync(test, 2);
        await test.DisposeAsync();

        Fail(test, 10_000);

        test.Control.AuditTrail.Should().BeEmpty();
    }

    [Fact]
    public async Task ReportsAllocateNothing()
    {
        await using var test = Staged();
        await AdoptedAsync(test, 2);
        for (var i = 0; i < 100_000; i++)
            test.Client.Health.ReportSuccess();

        Allocated.By(test.Client.Health.ReportSuccess).Should().Be(0);
        Allocated.By(test.Client.Health.ReportFailure).Should().Be(0);
        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task HealthIsRegisteredBesideEachClient()
    {
        var services = new ServiceCollection();
        services.AddProgressiveDelivery(client => client.FromDocument(ClientUnderTest.Document(1)));
        services.AddProgressiveDelivery("other", client => client.FromDocument(ClientUnderTest.Document(1)));
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<ISnapshotHealth>().Should().NotBeSameAs(provider.GetRequiredKeyedService<ISnapshotHealth>("other"));
    }

    private static ClientUnderTest Staged() =>
        new(client => client.DescribeHost(host => host.Facts["instance"] = Instance).StageAdoption(adoption => adoption.BakeTime = Bake));

    private static async Task AdoptedAsync(ClientUnderTest test, long version, bool isPlayed = false)
    {
        if (!isPlayed && test.Status.SnapshotVersion == 0)
            await test.PlayAsync(Rules(1));
        if (!isPlayed)
            await test.PlayAsync(Rules(version, on: false));
        test.Time.Advance(test.Status.Control!.Hold!.ExpiresAt!.Value - test.Time.GetUtcNow());
        await Until.HoldsAsync(() => test.Status.SnapshotVersion == version && test.Status.Control is null);
    }

    private static void Fail(ClientUnderTest test, int count)
    {
        for (var i = 0; i < count; i++)
            test.Client.Health.ReportFailure();
    }

    private static Turn Rules(long version, bool on = true) => Document(ClientUnderTest.Document(version, on));
}
