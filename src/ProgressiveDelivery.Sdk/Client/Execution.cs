using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Client;

/// <summary>One call, from its beginning. It counts once, for the variant that it was given by the rules then in force.</summary>
internal readonly struct Execution
{
    private readonly SnapshotServices? _services;
    private readonly OutcomeSlot? _slot;
    private readonly ulong _unit;
    private readonly long _begun;
    private readonly ExecutionOptions? _options;
    private readonly CancellationToken _cancellation;

    private Execution(SnapshotServices? services, OutcomeSlot? slot, ulong unit, ExecutionOptions? options, CancellationToken cancellation)
    {
        (_services, _slot, _unit, _options, _cancellation) = (services, slot, unit, options, cancellation);
        _begun = slot is null ? 0 : services!.Clock.GetTimestamp();
    }

    /// <summary>Evaluates a flag, and begins the call that its value is for. Other evaluators than this library's own have nowhere to record the outcome.</summary>
    public static Execution Begin<T>(IFeatureEvaluator features, FeatureFlag<T> flag, AnyContext context, ExecutionOptions? options, CancellationToken cancellation, out T value)
    {
        var (slot, unit) = (default(OutcomeSlot), 0UL);
        var snapshot = FeatureEvaluatorExtensions.Own(features);
        if (snapshot is not null)
            value = snapshot.Begin(flag, context, given: null, out slot, out unit);
        else if (FeatureEvaluatorExtensions.OwnScope(features) is { } scope)
            snapshot = scope.Begin(flag, context, out value, out slot, out unit);
        else
            value = features.Get(flag, context.ToContext());
        return new(snapshot?.Services, slot, unit, options, cancellation);
    }

    /// <summary>Runs code to its end, and control after a failed treatment. If it completes synchronously, nothing is allocated.</summary>
    /// <param name="state">The state of the delegates.</param>
    /// <param name="run">The code that the flag chose.</param>
    /// <param name="control">The control to fall back to; null if there is none.</param>
    public ValueTask<TResult> RunAsync<TState, TResult>(
        TState state, Func<TState, CancellationToken, ValueTask<TResult>> run, Func<TState, CancellationToken, ValueTask<TResult>>? control)
    {
        var running = BeginAsync(state, run);
        if (!running.IsCompletedSuccessfully)
            return EndAsync(this, running, state, control);
        Ended(OutcomeResult.Success);
        return running;
    }

    /// <summary>Runs code to its end, and control after a failed treatment.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public TResult Run<TState, TResult>(TState state, Func<TState, CancellationToken, TResult> run, Func<TState, CancellationToken, TResult>? control)
    {
        TResult result;
        try
        {
            result = _options is null ? run(state, _cancellation) : _options.Run(run, state, _cancellation);
        }
        catch (Exception exception)
        {
            if (!Failed(exception) || control is null || !FallsBack(exception))
                throw;
            return FallBack(exception, state, control);
        }

        Ended(OutcomeResult.Success);
        return result;
    }

    private static async ValueTask<TResult> EndAsync<TState, TResult>(
        Execution execution, ValueTask<TResult> running, TState state, Func<TState, CancellationToken, ValueTask<TResult>>? control)
    {
        TResult result;
        try
        {
            result = await running.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!execution.Failed(exception) || control is null || !execution.FallsBack(exception))
                throw;
            return await execution.FallBackAsync(exception, state, control).ConfigureAwait(false);
        }

        execution.Ended(OutcomeResult.Success);
        return result;
    }

    private async ValueTask<TResult> FallBackAsync<TState, TResult>(Exception failure, TState state, Func<TState, CancellationToken, ValueTask<TResult>> control)
    {
        try
        {
            return await BeginAsync(state, control).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCanceled(exception))
        {
            Attach(failure, exception);
            throw;
        }
    }

    private TResult FallBack<TState, TResult>(Exception failure, TState state, Func<TState, CancellationToken, TResult> control)
    {
        try
        {
            return _options!.Run(control, state, _cancellation);
        }
        catch (Exception exception) when (!IsCanceled(exception))
        {
            Attach(failure, exception);
            throw;
        }
    }

    // A delegate that throws at once does so in its task, as an asynchronous one does.
    private ValueTask<TResult> BeginAsync<TState, TResult>(TState state, Func<TState, CancellationToken, ValueTask<TResult>> run)
    {
        try
        {
            return _options is null ? run(state, _cancellation) : _options.RunAsync(run, state, _cancellation);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<TResult>(exception);
        }
    }

    // Records the exception, and returns whether it is a failure of the code.
    private bool Failed(Exception exception)
    {
        var result = IsCanceled(exception) ? OutcomeResult.Canceled
            : _options?.IsFault(exception) == false ? OutcomeResult.Success
            : OutcomeResult.Failure;
        Ended(result);
        return result == OutcomeResult.Failure;
    }

    // A caller that has given up needs no answer.
    private bool FallsBack(Exception failure)
    {
        if (_cancellation.IsCancellationRequested)
            return false;
        if (_slot is null)
            return true;
        _slot.RecordFallback();
        _services!.Executions?.FellBack(_slot.Flag, _slot.Variant, failure);
        return true;
    }

    private void Ended(OutcomeResult result) => _slot?.Record(result, _services!.Clock.GetElapsedTime(_begun), _unit);

    private bool IsCanceled(Exception exception) => exception is OperationCanceledException && _cancellation.IsCancellationRequested;

    private static void Attach(Exception failure, Exception toControls)
    {
        if (ReferenceEquals(failure, toControls))
            return;
        try
        {
            toControls.Data[ExecutionOptions.TreatmentException] = failure;
        }
        catch (Exception)
        {
            // Some types of exceptions have data that cannot be written. The log has the treatment's exception.
        }
    }
}
