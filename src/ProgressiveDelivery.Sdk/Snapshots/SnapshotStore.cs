namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Holds the root. Readers take it with one volatile read; the refresh loop is the only writer, until it is closed.</summary>
internal sealed class SnapshotStore(FeatureSnapshot initial, ChangeListeners listeners)
{
    private readonly object _gate = new();
    private FeatureSnapshot _current = initial;
    private bool _isClosed;

    public FeatureSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Puts <paramref name="next"/> in force for every call that starts from now on; nothing after <see cref="Close"/>.</summary>
    public void Publish(FeatureSnapshot next)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            var previous = Interlocked.Exchange(ref _current, next);
            if (!IsSameDocument(previous, next))
                listeners.Announce(next);
        }
    }

    /// <summary>Has a handler told of what is in force, if anything, and of every change from now on.</summary>
    public IDisposable Subscribe(Action<SnapshotChange> handler) => Subscribe(listeners.For(handler));

    /// <summary>Has a handler told when a flag's value for a context is another one than it is now, or than was told last.</summary>
    public IDisposable Subscribe<T>(FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler, TimeProvider clock) =>
        Subscribe(listeners.For(flag, context, handler, () => Current, clock));

    private ChangeSubscription Subscribe(ChangeSubscription subscription)
    {
        lock (_gate)
        {
            listeners.Add(subscription);
            if (!_isClosed && _current.Origin != SnapshotOrigin.None)
                subscription.Tell(_current);
            return subscription;
        }
    }

    /// <summary>Puts <paramref name="last"/> in force for good, and tells nobody.</summary>
    public void Close(FeatureSnapshot last)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            listeners.Close();      // first, so that nobody takes the end for a change
            Volatile.Write(ref _current, last);
        }
    }

    // What the last-known-good file held and the source now confirms is no change of rules.
    private static bool IsSameDocument(FeatureSnapshot previous, FeatureSnapshot next) =>
        previous.Rules == next.Rules
        || (next.Fingerprint is not null && previous.Fingerprint == next.Fingerprint && previous.Overlay.IsSameAs(next.Overlay));
}
