using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Client;

/// <summary>Keeps units of work that have ended for the next ones. Safe to use from any thread, and lock-free.</summary>
/// <param name="services">The services that units are read with.</param>
/// <param name="outcomes">Records outcomes; null without sinks.</param>
/// <param name="assignments">The assignments shared with other processes; null without a store.</param>
internal sealed class ScopePool(EvaluationServices services, OutcomeRecorder? outcomes, SharedAssignments? assignments)
{
    private const int MaxKept = 256;

    private readonly FeatureScope?[] _kept = new FeatureScope?[MaxKept];

    public OutcomeRecorder? Outcomes => outcomes;

    public EvaluationServices Services => services;

    public SharedAssignments? Assignments => assignments;

    /// <summary>Begins a unit of work.</summary>
    public FeatureScope Begin(FeatureSnapshot snapshot)
    {
        var scope = Take() ?? new(this, new(services));
        scope.Begin(snapshot);
        return scope;
    }

    /// <summary>Begins a unit of work that is never used again.</summary>
    public FeatureScope BeginOnce(FeatureSnapshot snapshot)
    {
        var scope = new FeatureScope(this, new(services), isPooled: false);
        scope.Begin(snapshot);
        return scope;
    }

    /// <summary>Keeps one that has ended, if there is room.</summary>
    public void Return(FeatureScope scope)
    {
        for (var i = 0; i < MaxKept; i++)
        {
            if (_kept[i] is null && Interlocked.CompareExchange(ref _kept[i], scope, null) is null)
                return;
        }
    }

    private FeatureScope? Take()
    {
        for (var i = 0; i < MaxKept; i++)
        {
            if (_kept[i] is { } scope && Interlocked.CompareExchange(ref _kept[i], null, scope) == scope)
                return scope;
        }

        return null;
    }
}
