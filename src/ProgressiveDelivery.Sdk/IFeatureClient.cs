namespace ProgressiveDelivery.Sdk;

/// <summary>
/// The application's view of its flags: always the newest accepted rules. A singleton, safe to use from any thread; take it by
/// injection. For several questions that must agree with each other, take <see cref="Snapshot"/>.
/// </summary>
public interface IFeatureClient : IFeatureEvaluator
{
    /// <summary>The rules in force now, frozen. Costs nothing and allocates nothing.</summary>
    IFeatureSnapshot Snapshot();

    /// <summary>How current the rules are, and why when they are not.</summary>
    FeatureClientStatus Status { get; }

    /// <summary>
    /// Waits until there are rules and the source has been tried once, well or not: fresh rules where they can be had, else those
    /// of a local fallback. It waits at most for <paramref name="timeout"/>, and says what there is then; it does not throw when there
    /// is nothing. Without a host this is what starts the client.
    /// </summary>
    /// <param name="timeout">How long to wait; the configured initialisation timeout where null; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the client.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    Task<FeatureClientStatus> WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Calls a handler after each change of the rules, and once at once with the rules in force, if any. Calls come in order and
    /// one at a time, on a thread of the pool; a handler that is slow or throws delays nobody but itself (it then sees several
    /// changes as one).
    /// </summary>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnChange(Action<SnapshotChange> handler);

    /// <summary>
    /// Calls a handler when a flag's value for a context differs from what it was, first from what it is now (the fallback where there are
    /// no rules yet), whether through other rules or, asked once a second, through the passing of time. Values read from JSON differ when
    /// they say something else. Calls come as those of <see cref="OnChange(Action{SnapshotChange})"/> do. Nothing is counted or stored for it.
    /// </summary>
    /// <typeparam name="T">The flag's type.</typeparam>
    /// <param name="flag">The flag.</param>
    /// <param name="context">Who is asked about.</param>
    /// <param name="handler">Called with the answers before and now.</param>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnChange<T>(FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler);
}
