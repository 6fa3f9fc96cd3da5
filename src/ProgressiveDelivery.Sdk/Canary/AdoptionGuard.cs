using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>
/// The guard over the whole process: it gathers evidence anew after each adoption, and steps back once if the share of failures is above the limit. Safe to use from any thread.
/// </summary>
internal sealed class AdoptionGuard(AdoptionOptions options, IAdoptionSteering steering, TimeProvider clock) : ISnapshotHealth
{
    private AdoptionTrial? _trial;
    private volatile bool _isReported;

    /// <summary>Begins a trial at each adoption, and ends it when anything else comes into force. Returns false if adoption is not staged, or has no limit.</summary>
    public bool Begin()
    {
        if (options is not { BakeTime: { Ticks: > 0 } bake, Limit: { } limit })
            return false;
        steering.OnAdoption(adoption => Volatile.Write(ref _trial, adoption is null ? null : new(adoption, limit, options.Alpha, options.MinimumOutcomes, clock, bake)));
        return true;
    }

    public void ReportSuccess()
    {
        _isReported = true;
        Succeeded();
    }

    public void ReportFailure()
    {
        _isReported = true;
        Failed();
    }

    /// <summary>Takes the result of a call, unless the application reports its work: a call that failed in a request that failed would count twice.</summary>
    public void Called(OutcomeResult result)
    {
        if (_isReported)
            return;
        if (result == OutcomeResult.Success)
            Succeeded();
        else if (result == OutcomeResult.Failure)
            Failed();
    }

    private void Succeeded() => Volatile.Read(ref _trial)?.AddSuccess();

    private void Failed()
    {
        if (Volatile.Read(ref _trial) is not { } trial || !trial.AddFailure(out var evidence))
            return;
        // Only the thread that ends the trial acts on it.
        if (Interlocked.CompareExchange(ref _trial, null, trial) == trial && evidence is not null)
            steering.StepBack(trial.Adoption, evidence);
    }
}
