using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>Many threads report to one guard.</summary>
public sealed class GuardConcurrencyTests : IDisposable
{
    private const int Threads = 32;
    private const int Each = 5_000;

    private readonly CanaryUnderTest _canary = new();

    public void Dispose() => _canary.Dispose();

    [Fact]
    public void NoOutcomeIsLostAndTheEvidenceIsThatOfSomeOrder()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { Mode = GuardMode.Lifetime, Limit = 0.02 }));

        Hammer(i => IsLastOf(100, i));

        const long bad = Threads * Each / 100;
        var sequential = new LifetimeLimit(0.02, 0.01);
        sequential.AddGood((Threads * Each) - bad);
        for (var i = 0; i < bad; i++)
            sequential.Add(isBad: true);
        (_canary.Guard.Outcomes, _canary.Guard.Bad).Should().Be((Threads * Each, bad));
        _canary.Guard.LogEvidence.Should().BeApproximately(sequential.LogEvidence, 1e-6, "the order of outcomes does not matter to it");
    }

    [Fact]
    public void StepsOfADetectorNeverInterleave()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors() with { Limit = 0.5, Within = 1_000_000_000_000_000 }));

        Hammer(i => IsLastOf(10, i));

        // Between the orders that help it least and most: an interleaved step would leave the range, or lose outcomes.
        const long bad = Threads * Each / 10;
        var least = new StandingLimit(0.5, 1e17);
        for (var i = 0; i < bad; i++)
            least.Add(isBad: true);
        var most = least.LogEvidence;
        least.Reset();
        for (var i = 0; i < 100; i++)
            least.Add(isBad: true);
        least.AddGood((Threads * Each) - bad);
        (_canary.Guard.Outcomes, _canary.Guard.Bad).Should().Be((Threads * Each, bad));
        _canary.Guard.LogEvidence.Should().BeInRange(least.LogEvidence - 10, most);
    }

    [Fact]
    public void GuardTripsOnce()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Errors()));

        Hammer(_ => true);

        _canary.Tripped.Should().ContainSingle();
    }

    [Fact]
    public void BlocksLoseNoOutcome()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair()));
        var (on, off) = (_canary.Watches().Single(), _canary.Watches("off").Single());

        Hammer(i => IsLastOf(50, i), i => i % 3 == 0 ? on : off);

        var guard = _canary.Guard;
        var placed = guard.Outcomes + guard.AgainstOutcomes - guard.Surplus;
        (guard.Outcomes + guard.AgainstOutcomes).Should().Be(Threads * Each);
        guard.Bad.Should().Be(Threads * Enumerable.Range(0, Each).Count(i => IsLastOf(50, i) && i % 3 == 0));
        placed.Should().BePositive();
        guard.Trip.Should().BeNull();
    }

    [Fact]
    public async Task TripsMeetChangesOfRulesAndResets()
    {
        var flag = SomeGuard.Guarded(SomeGuard.Errors());
        _canary.Publish(flag);
        using var over = new CancellationTokenSource();
        var reporters = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                foreach (var watch in _canary.Watches())
                    watch.Observe(new(OutcomeResult.Failure, 0));
            }
        })).ToArray();

        for (var round = 1; round <= 50; round++)
        {
            _canary.Reset();
            _canary.Publish(flag with { Track = round % 2 == 0 });
        }

        await over.CancelAsync();
        await Task.WhenAll(reporters).WaitAsync(Refresh.Until.Patience);
        _canary.Bad(100);
        _canary.Trips.Should().ContainSingle("whatever came in between, failures still trip it");
        _canary.Guard.Result.Should().Be(GuardResult.Bad);
    }

    /// <summary>Good ones come first: 32 threads that each open with a bad one would rightly trip the guard.</summary>
    private static bool IsLastOf(int outcomes, int i) => i % outcomes == outcomes - 1;

    private void Hammer(Func<int, bool> isBad, Func<int, OutcomeWatch>? watchOf = null)
    {
        var watch = _canary.Watches().Single();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
                (watchOf?.Invoke(i) ?? watch).Observe(new(isBad(i) ? OutcomeResult.Failure : OutcomeResult.Success, 0));
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }
}
