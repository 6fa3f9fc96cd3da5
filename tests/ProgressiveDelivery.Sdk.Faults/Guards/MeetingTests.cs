using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Faults.Guards;

/// <summary>A guard trips in the same moment as something else happens.</summary>
public sealed class MeetingTests : GuardScenario
{
    private static readonly ControlAct Act = new("ops", "INC-1");

    [Fact]
    [Scenario("G1")]
    public async Task G01_GuardThatTripsWhileSnapshotsSwapTripsOnceAndHoldsInTheNewest()
    {
        var subject = await StartAsync();
        var swapping = Task.Run(() =>
        {
            for (var version = 2; version <= 200; version++)
                Source.Set(Guarded(version));
        });

        Parallel.For(0, 4, _ => Fail(subject, 500));
        await swapping;
        await subject.VersionAsync(200);

        TripsIn(subject).Should().Be(1);
        Fail(subject, 10).Should().Be(0);
        Source.Set(Guarded(201, attempt: 2));
        await subject.VersionAsync(201);
        Call(subject, 1).Should().BeTrue("a higher attempt ends the trip");
    }

    [Fact]
    [Scenario("G2")]
    public async Task G02_GuardThatTripsWhileItsFlagIsOverriddenTakesOverWhenTheOverrideEnds()
    {
        var subject = await StartAsync();
        var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, 100).Select(unit => CallAsync(subject, unit, gate.Task)).ToList();
        await ControlOf(subject).OverrideAsync("checkout", "on", Act);

        gate.SetException(new CheckoutException());
        await Task.WhenAll(calls.Select(call => call.ContinueWith(static ended => ended.Exception, TaskScheduler.Default)));

        TripsIn(subject).Should().Be(1);
        Call(subject, 1).Should().BeTrue("the override outranks it");
        await ControlOf(subject).RemoveOverrideAsync("checkout", Act);
        subject.Client.Evaluate(Checkout, new EvaluationContext("unit-1")).Reason.Should().Be(EvaluationReason.Guarded);
    }

    [Fact]
    [Scenario("G3")]
    public async Task G03_TwoGuardsOfAFlagTripAtOnceAndAResetEndsBoth()
    {
        const string Lost = """{"id": "lost", "kind": "error", "variant": "on", "limit": 0.05, "then": "pause"}""";
        Source.Set(Guarded(1, guards: $"{Errors}, {Lost}"));
        var subject = await StartAsync();

        Parallel.For(0, 4, _ => Fail(subject, 500));

        subject.Status.Control!.Trips.Select(trip => trip.Guard).Should().Contain("errors");
        TripsIn(subject).Should().Be(1);
        TripsIn(subject, "lost").Should().BeLessThanOrEqualTo(1);
        (await ControlOf(subject).ResetGuardsAsync("checkout", Act)).IsDone.Should().BeTrue();
        Call(subject, 1).Should().BeTrue();
        subject.Status.Control.Should().BeNull();
    }

    [Fact]
    [Scenario("G4")]
    public async Task G04_GuardThatTripsWhileTheHostStopsHarmsNobodyAndIsRememberedIfItCameInTime()
    {
        var subject = await StartAsync(flags => flags.KeepLastKnownGoodIn(Kept));
        var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, 200).Select(unit => CallAsync(subject, unit, gate.Task)).ToList();

        var stopping = subject.StopHostAsync();
        gate.SetException(new CheckoutException());
        await stopping.WaitAsync(Until.Patience);
        await Task.WhenAll(calls.Select(call => call.ContinueWith(static ended => ended.Exception, TaskScheduler.Default)));
        var tripped = TripsIn(subject) == 1;
        await subject.DisposeAsync();

        var restarted = await StartAsync(flags => flags.KeepLastKnownGoodIn(Kept));
        Call(restarted, 1).Should().Be(!tripped);
    }

    [Fact]
    [Scenario("G5")]
    public async Task G05_RestartBetweenTheTripAndItsWriteTripsAgain()
    {
        var subject = await StartAsync(flags => flags.KeepLastKnownGoodIn(Kept));
        await Until.HoldsAsync(() => Directory.Exists(Kept) && Directory.EnumerateFiles(Kept, "*.snapshot").Any());
        var before = Copy(Kept);
        Fail(subject, 100).Should().BeInRange(1, 99);
        await Until.HoldsAsync(() => Directory.EnumerateFiles(Kept, "*.control").Any());
        var after = Copy(Kept);

        var forgetful = await StartAsync(flags => flags.KeepLastKnownGoodIn(before));
        Call(forgetful, 1).Should().BeTrue("the trip is not on its disk");
        Fail(forgetful, 100).Should().BeInRange(1, 99);
        TripsIn(forgetful).Should().Be(1);
        var heir = await StartAsync(flags => flags.KeepLastKnownGoodIn(after));
        Call(heir, 1).Should().BeFalse();
    }

    private string Copy(string folder)
    {
        var copy = Folder.File(Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
