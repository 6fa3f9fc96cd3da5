namespace ProgressiveDelivery.Sdk;

/// <summary>
/// The application's view of its flags: always the newest accepted rules. A singleton, safe to use from any thread; take it by
/// injection. For several questions that must agree with each other, take <see cref="GetSnapshot"/>.
/// </summary>
public interface IFeatureClient : IFeatureEvaluator
{
    /// <summary>Returns the rules in force now, frozen. Allocates nothing. Does not start the client; the first evaluation does.</summary>
    IFeatureSnapshot GetSnapshot();

    /// <summary>
    /// Begins a unit of work on the rules in force now: it answers from them until it ends, and remembers the variants that it gives. Dispose it at the end:
    /// <c>using var scope = features.BeginScope();</c>. Allocates nothing as a rule. Does not start the client; the first evaluation does.
    /// </summary>
    IFeatureScope BeginScope();

    /// <summary>The status of the client: how current the rules are, and the fault if they are not. Does not start the client.</summary>
    FeatureClientStatus Status { get; }

    /// <summary>
    /// Waits until there are rules and the source has been tried once, with success or not: fresh rules if possible, else those of a
    /// local fallback. It waits at most for <paramref name="timeout"/>, and returns the status then; it does not throw if there are no
    /// rules. It returns early, and at once when called again, while every source has failed in a way that retries alone do not fix
    /// (<see cref="FeatureClientFault.NeedsAction"/>). Without a host, this call starts the client.
    /// </summary>
    /// <param name="timeout">The time to wait; null for the configured initialization timeout, <see cref="Timeout.InfiniteTimeSpan"/> to wait until there are rules.</param>
    /// <param name="cancellationToken">Ends the wait, not the client.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative, and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    Task<FeatureClientStatus> WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that a unit did something that a metric measures, so that an analysis can compare variants. It goes to the sinks for events; without one,
    /// nothing is recorded. The outcome is recorded for the targeting key, and for each other unit of the experiments in force that the context has. Never
    /// blocks. A value that is not finite is refused with a warning. Guards do not count it, since the client does not know which variants led to it:
    /// <see cref="IFeatureScope.Track"/> and <see cref="IFeatureScope.Report"/> do.
    /// </summary>
    /// <param name="metric">The metric's name: <c>purchase</c>.</param>
    /// <param name="context">The context of the unit, with the same key and attributes as for its evaluations.</param>
    /// <param name="value">The value, such as an amount or milliseconds; 1 for something that happened.</param>
    /// <exception cref="ArgumentException"><paramref name="metric"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    void Track(string metric, EvaluationContext context, double value = 1);

    /// <summary>
    /// Calls a handler after each change of the rules, and once at once with the rules in force, if any. Calls come in order and
    /// one at a time, on a thread of the pool. A handler that is slow or throws delays only itself: it then gets several changes
    /// as one. Starts a client that was not started.
    /// </summary>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnChange(Action<SnapshotChange> handler);

    /// <summary>
    /// Calls a handler when a flag's value for a context changes, starting from its present value (the fallback if there are no rules
    /// yet). Changes come from other rules or, checked once a second, from the passing of time. Values read from JSON are compared by
    /// content. Calls come as those of <see cref="OnChange(Action{SnapshotChange})"/> do. Nothing is counted or stored for it.
    /// </summary>
    /// <typeparam name="T">The flag's type.</typeparam>
    /// <param name="flag">The flag.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="handler">Called with the answers before and now.</param>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnChange<T>(FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler);
}
