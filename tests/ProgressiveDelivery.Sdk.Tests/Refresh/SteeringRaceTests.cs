using ProgressiveDelivery.Sdk.Control;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class SteeringRaceTests
{
    private static readonly ControlAct Act = new("ada", "race");

    /// <summary>Whatever acts race with refreshes: who looks sees whole versions, and in the end the newest is followed.</summary>
    [Fact]
    public async Task ActsThatRaceWithRefreshesLeaveNothingTorn()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        using var isOver = new CancellationTokenSource();
        var torn = 0;
        var reader = OnItsOwn(() =>
        {
            var snapshot = test.Client.GetSnapshot();
            var (even, odd) = (snapshot.IsEnabled("even", EvaluationContext.Empty), snapshot.IsEnabled("odd", EvaluationContext.Empty));
            if (even == odd || even != (snapshot.Version % 2 == 0))
                Interlocked.Increment(ref torn);
        });
        var operators = new[] { OnItsOwn(Steer(1)), OnItsOwn(Steer(2)) };

        for (var version = 2; version <= 60; version++)
            await test.PlayAsync(Rules(version));
        await isOver.CancelAsync();
        await Task.WhenAll([reader, .. operators]);
        await test.Control.RemoveOverrideAsync("idle", Act);
        await test.Control.ReleaseAsync(Act);

        torn.Should().Be(0);
        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 60L, Control = (object?)null });
        test.Control.History.Should().HaveCount(10).And.BeInDescendingOrder(entry => entry.Version);
        test.Client.GetSnapshot().Version.Should().Be(60);
        await test.PlayAsync(Rules(61));
        test.Client.GetSnapshot().Version.Should().Be(61);

        Task OnItsOwn(Action act) => Task.Run(() =>
        {
            while (!isOver.IsCancellationRequested)
                act();
        });

        Action Steer(int seed)
        {
            var random = new Random(seed);
            return () => (random.Next(6) switch
            {
                0 => test.Control.HoldAsync(Act),
                1 => test.Control.StepBackAsync(Act),
                2 => test.Control.StepForwardAsync(Act),
                3 => test.Control.OverrideAsync("idle", "on", Act),
                4 => test.Control.RemoveOverrideAsync("idle", Act),
                _ => test.Control.ReleaseAsync(Act),
            }).Wait();
        }
    }

    private static Turn Rules(int version) => Document($$"""
        { "schema": "progressive-delivery/1", "version": {{version}}, "flags": {
          "even": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{(version % 2 == 0 ? "on" : "off")}}" },
          "odd": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{(version % 2 == 0 ? "off" : "on")}}" },
          "idle": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "off" } } }
        """);
}
