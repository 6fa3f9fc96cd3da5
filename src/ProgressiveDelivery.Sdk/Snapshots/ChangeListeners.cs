using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>The listeners for changes. Each has a pump of its own, so that none can harm the loop or another.</summary>
internal sealed class ChangeListeners(ILogger logger)
{
    private readonly object _gate = new();
    private readonly List<ChangeSubscription> _subscriptions = [];
    private bool _isClosed;

    /// <summary>Makes a listener for every change of the rules.</summary>
    public ChangeSubscription For(Action<SnapshotChange> handler) => new RulesSubscription(handler, logger, Remove);

    /// <summary>Makes a listener for every change of a flag's value for a context.</summary>
    public ChangeSubscription For<T>(
        FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler, Func<FeatureSnapshot> rules, TimeProvider clock) =>
        new ValueSubscription<T>(flag, context, handler, rules, clock, logger, Remove);

    public void Add(ChangeSubscription subscription)
    {
        lock (_gate)
        {
            if (_isClosed)
                subscription.Stop();
            else
                _subscriptions.Add(subscription);
        }
    }

    public void Announce(FeatureSnapshot next)
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions)
                subscription.Tell(next);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _subscriptions.ForEach(subscription => subscription.Stop());
            _subscriptions.Clear();
        }
    }

    private void Remove(ChangeSubscription subscription)
    {
        lock (_gate)
            _subscriptions.Remove(subscription);
    }
}
