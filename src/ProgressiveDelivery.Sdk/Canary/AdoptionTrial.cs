using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>
/// The evidence against one adopted snapshot, within its bake time: outcomes against a fixed share, valid whenever it is looked at (statistics.md, section 13). Safe to use from
/// any thread.
/// </summary>
internal sealed class AdoptionTrial(Adoption adoption, double limit, double alpha, int minimumOutcomes, TimeProvider clock, TimeSpan bakeTime)
{
    private readonly LifetimeLimit _test = new(limit, alpha);
    private readonly long _begun = clock.GetTimestamp();
    private long _successes;
    private long _outcomes;
    private long _failures;

    public Adoption Adoption => adoption;

    /// <summary>Counts a success. It can prove nothing, so the next failure brings it into the test.</summary>
    public void AddSuccess() => Interlocked.Increment(ref _successes);

    /// <summary>Adds a failure; returns true if the trial is over.</summary>
    /// <param name="evidence">The evidence, for people, if it proves the snapshot bad; null if the time is over.</param>
    public bool AddFailure(out string? evidence)
    {
        evidence = null;
        if (clock.GetElapsedTime(_begun) > bakeTime)
            return true;
        lock (_test)
        {
            var successes = Interlocked.Exchange(ref _successes, 0);
            _test.AddGood(successes);
            _test.Add(isBad: true);
            (_outcomes, _failures) = (_outcomes + successes + 1, _failures + 1);
            if (_outcomes < minimumOutcomes || !_test.IsProof)
                return false;
            evidence = FormattableString.Invariant($"{_failures} of {_outcomes} outcomes since the adoption of version {adoption.Version} failed, and the limit is {limit:0.####%}.");
            return true;
        }
    }
}
