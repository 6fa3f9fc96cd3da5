using Polly;

namespace ProgressiveDelivery.Sdk;

/// <summary>Options of the calls whose code a flag chooses. Immutable: make them once, such as in a static field, and use them for every call.</summary>
public sealed record ExecutionOptions
{
    /// <summary>
    /// The key of the treatment's exception in <see cref="Exception.Data"/> of the exception that is thrown if control fails too: <c>ProgressiveDelivery.TreatmentException</c>.
    /// </summary>
    public const string TreatmentException = "ProgressiveDelivery.TreatmentException";

    private object? _pipeline;

    /// <summary>
    /// Indicates whether control answers a call whose treatment failed. The failure still counts for the treatment's variant; the caller does not get its exception, which is
    /// logged at debug level. A call that its caller canceled is not answered. False by default.
    /// </summary>
    public bool FallsBackToControl { get; init; }

    /// <summary>The effect of the code; <see cref="ExecutionKind.Read"/> by default. A plain <see cref="ExecutionKind.Write"/> cannot fall back to control.</summary>
    public ExecutionKind Kind { get; init; }

    /// <summary>
    /// Returns whether an exception is a failure. By default, every exception is one. For a call that ends with any other exception, such as for a product that does not exist, the
    /// variant succeeded, and the caller gets the exception. An exception of this delegate counts as a failure. It does not get <see cref="OperationCanceledException"/>s of the
    /// caller's token, which are cancellations.
    /// </summary>
    public Func<Exception, bool>? IsFailure { get; init; }

    /// <summary>
    /// The pipeline that the treatment runs in, and control too, such as a time-out or retries; null by default. A call counts once, by what the pipeline makes of it: its time-out
    /// is a failure. The two share the pipeline's state, so put a circuit breaker into the treatment itself. A pipeline set by <see cref="WithPipeline{TResult}"/> is not shown.
    /// </summary>
    public ResiliencePipeline? Pipeline
    {
        get => _pipeline as ResiliencePipeline;
        init => _pipeline = value;
    }

    /// <summary>Returns these options with a pipeline for calls with one type of result, such as one that hedges, in place of <see cref="Pipeline"/>.</summary>
    /// <typeparam name="TResult">The type of the result. A call with another one throws <see cref="ArgumentException"/>.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is null.</exception>
    public ExecutionOptions WithPipeline<TResult>(ResiliencePipeline<TResult> pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return this with { _pipeline = pipeline };
    }

    /// <summary>Checks the options of a call that has a treatment and a control.</summary>
    internal void Validate<TResult>(string flag)
    {
        if (FallsBackToControl && Kind == ExecutionKind.Write)
            throw new ArgumentException($"Flag '{flag}': FallsBackToControl is set for a write, which control would make a second time after a treatment that had written already. Set Kind to IdempotentWrite if that does no harm, or leave FallsBackToControl out.");
        if (_pipeline is not (null or ResiliencePipeline or ResiliencePipeline<TResult>))
            throw new ArgumentException($"Flag '{flag}': the pipeline of the options is for another type of result than {typeof(TResult)}. Give WithPipeline a ResiliencePipeline<{typeof(TResult).Name}>, or set Pipeline.");
    }

    /// <summary>Checks the options of a call that has no control.</summary>
    internal void ValidateWithoutControl<TResult>(string flag)
    {
        if (FallsBackToControl)
            throw new ArgumentException($"Flag '{flag}': FallsBackToControl is set for a call that has no control. Pass a treatment and a control, or leave FallsBackToControl out.");
        Validate<TResult>(flag);
    }

    internal bool IsFault(Exception exception)
    {
        if (IsFailure is null)
            return true;
        try
        {
            return IsFailure(exception);
        }
        catch (Exception)   // Its own fault must not hide the one that it judges.
        {
            return true;
        }
    }

    internal ValueTask<TResult> RunAsync<TState, TResult>(Func<TState, CancellationToken, ValueTask<TResult>> run, TState state, CancellationToken cancellationToken) => _pipeline switch
    {
        ResiliencePipeline pipeline => pipeline.ExecuteAsync(run, state, cancellationToken),
        ResiliencePipeline<TResult> pipeline => pipeline.ExecuteAsync(run, state, cancellationToken),
        _ => run(state, cancellationToken),
    };

    internal TResult Run<TState, TResult>(Func<TState, CancellationToken, TResult> run, TState state, CancellationToken cancellationToken) => _pipeline switch
    {
        ResiliencePipeline pipeline => pipeline.Execute(run, state, cancellationToken),
        ResiliencePipeline<TResult> pipeline => pipeline.Execute(run, state, cancellationToken),
        _ => run(state, cancellationToken),
    };
}
