namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Holds the root. Readers take it with one volatile read; the refresh loop is the only writer, until it is closed.</summary>
internal sealed class SnapshotStore(FeatureSnapshot initial, ChangeListeners listeners)
{
    private readonly object _gate = new();
    private FeatureSnapshot _current = initial;
    private bool _isClosed;

    public FeatureSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Puts <paramref name="next"/> in force for every call that starts from now on; nothing after <see cref="Close"/>.</summary>
    /// <param name="next">The snapshot.</param>
    /// <param name="show">Runs when it is in force, before handlers hear of it.</param>
    public void Publish(FeatureSnapshot next, Action? show = null)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            var previous = Interlocked.Exchange(ref _current, next);
            show?.Invoke();
            if (!IsSameDocument(previous, next))
                listeners.Announce(next);
        }
    }

    /// <summary>Reads what is shown of the rules in force, while none are being published: it shows the rules that answered a moment ago.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    /// <summary>Calls a handler with the rules in force, if any, and for every change from now on.</summary>
    public IDisposable Subscribe(Action<SnapshotChange> handler) => Subscribe(listeners.For(handler));

    /// <summary>Calls a handler when a flag's value for a context differs from its present one, or from the last one reported.</summary>
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

    /// <summary>Puts <paramref name="last"/> in force for good, without calling a handler.</summary>
    public void Close(FeatureSnapshot last)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            listeners.Close();      // first, so that no handler takes the end for a change
            Volatile.Write(ref _current, last);
        }
    }

    // The source confirming the document of the last-known-good file is no change of rules.
    private static bool IsSameDocument(FeatureSnapshot previous, FeatureSnapshot next) =>
        previous.Rules == next.Rules
        || (next.Fingerprint is not null && previous.Fingerprint == next.Fingerprint && previous.Overlay.IsSameAs(next.Overlay));
}
