namespace ProgressiveDelivery.Sdk;

/// <summary>
/// A unit of work, such as a request or a message: it evaluates one frozen ruleset from begin to end, and remembers the variants that were given in it. An outcome
/// tracked in it carries them. Begin it with <see cref="IFeatureClient.BeginScope"/>, and dispose it at the end of the work. Dependency injection offers one per
/// scope, on the ruleset of that scope's <see cref="IFeatureSnapshot"/>.
/// </summary>
/// <remarks>
/// Safe to use from any thread, and across <c>await</c>. Beginning, evaluating and disposing allocate nothing while no more scopes are in use at once than were
/// before. It is reused after <see cref="IDisposable.Dispose"/>: keep no reference to it. A call after that throws <see cref="ObjectDisposedException"/>, unless the scope
/// serves other work already. That of a <see cref="FeatureScopeBinding"/> is never used again: its rules answer after the end too.
/// </remarks>
public interface IFeatureScope : IFeatureSnapshot, IDisposable
{
    /// <summary>
    /// The variants given so far, in order, each once for a unit: at most 64. A fallback is none, and neither are listings and explanations. Made when read.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    IReadOnlyList<GivenVariant> Given { get; }

    /// <summary>The number of answers that came after 64 variants were given, and are not among <see cref="Given"/>.</summary>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    int Omitted { get; }

    /// <summary>
    /// The keys of the flags asked so far whose answers may differ for another context, each once: fallbacks, forced variants, explanations and flags for a front end among
    /// them. Empty while everything that was answered is the same for every context, as a cache shared by users needs it. Made when read.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    IReadOnlyList<string> ContextDependentFlags { get; }

    /// <summary>
    /// Reads the stored assignments of a context's units from the store that the client shares with other processes, in one call. Await it at the begin of the work, before
    /// the first evaluation of a sticky experiment. It waits for <see cref="Experiments.AssignmentOptions.ReadTimeout"/> at most. If the store fails or is slow, or
    /// failed a short time ago, evaluations assign by hashing, and the call is counted as such. Without a store, or if all assignments are known, it does nothing.
    /// </summary>
    /// <param name="context">The context of the evaluations.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    ValueTask LoadAssignmentsAsync(EvaluationContext context, CancellationToken cancellationToken = default);

    /// <summary>Forces a variant of a flag for the rest of the work, for tests by hand. The rules of <see cref="EvaluationContext.WithForcedVariant"/> hold; it comes before the context's.</summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="variant">The variant's name.</param>
    /// <param name="by">The author, for the log and the audit trail: a person or a program.</param>
    /// <exception cref="ArgumentException">A text is null, empty or blank.</exception>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    void ForceVariant(string flag, string variant, string by);

    /// <summary>
    /// Records that a unit did something that a metric measures, as <see cref="IFeatureClient.Track"/> does, with the variants given in this scope so far. Guards of these
    /// variants that watch the metric count the value, as with <see cref="Report"/>.
    /// </summary>
    /// <param name="metric">The metric's name: <c>purchase</c>.</param>
    /// <param name="context">The context of the unit, with the same key and attributes as for its evaluations.</param>
    /// <param name="value">The value, such as an amount or milliseconds; 1 for something that happened.</param>
    /// <exception cref="ArgumentException"><paramref name="metric"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    void Track(string metric, EvaluationContext context, double value = 1);

    /// <summary>
    /// Gives an outcome that is seen later in the work, such as the milliseconds of a payment, to the guards that watch the metric: it counts for each variant given in this scope
    /// so far. No event is recorded for it; <see cref="Track"/> does both. A variant that is forced for a test, or that an override or a kill serves, does not count. Allocates
    /// nothing, and costs nearly nothing for a metric that no guard watches. A value that is not finite is refused with a warning.
    /// </summary>
    /// <param name="metric">The metric's name: <c>payment-ms</c>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><paramref name="metric"/> is null or empty.</exception>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    void Report(string metric, double value);

    /// <summary>
    /// Records the end of the work, such as that of a request, as the outcome of each variant given in it: guards on errors and on time count it. Variants that chose the code of a
    /// call (<c>ExecuteAsync</c>) are left out: the call recorded its own. A variant that is forced for a test has no outcome. Call it once, at the end. Allocates nothing.
    /// </summary>
    /// <param name="succeeded">False if the work failed.</param>
    /// <param name="elapsed">The time that it took.</param>
    /// <exception cref="ObjectDisposedException">The scope was disposed.</exception>
    void ReportOutcome(bool succeeded, TimeSpan elapsed);
}
