using Polly;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// The resilience pipeline for attempts at one endpoint. The user's own is not trusted: it runs apart, with a time limit, and only
/// the result of an attempt of the same turn counts as its outcome.
/// </summary>
internal sealed class AttemptPipeline
{
    private static readonly TimeSpan LeastCeiling = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan HighestCeiling = TimeSpan.FromDays(1);

    private readonly ResiliencePipeline _usual;
    private readonly ResiliencePipeline? _users;
    private readonly TimeSpan _ceiling;
    private readonly HttpFaults _faults;
    private readonly TimeProvider _time;

    /// <param name="options">May name the user's own strategies.</param>
    /// <param name="usual">The pipeline that applies where they name none.</param>
    /// <param name="longestAttempt">The longest time of one attempt.</param>
    /// <param name="faults">Makes the faults.</param>
    /// <param name="time">Measures turns.</param>
    public AttemptPipeline(HttpEndpointOptions options, ResiliencePipeline usual, TimeSpan longestAttempt, HttpFaults faults, TimeProvider time)
    {
        (_usual, _faults, _time) = (usual, faults, time);
        _users = options.Resilience is { } configure ? Build(configure, time) : null;
        _ceiling = TimeSpan.FromTicks(Math.Clamp(4 * longestAttempt.Ticks, LeastCeiling.Ticks, HighestCeiling.Ticks));
    }

    /// <summary>Runs one turn; returns the result of its last attempt.</summary>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return _users is null
                ? await _usual.ExecuteAsync(async token => await attempt(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
                : await RunApartAsync(_users, attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (SnapshotSourceException) when (cancellationToken.IsCancellationRequested)
        {
            // The last attempt failed at the same time.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is not SnapshotSourceException && !cancellationToken.IsCancellationRequested)
        {
            throw _faults.Unexpected(e);
        }
    }

    private async Task<T> RunApartAsync<T>(ResiliencePipeline strategies, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
        where T : class
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var turn = new AttemptTurn<T>(attempt, ending.Token);

        // On the pool, since a strategy may block; and observed, since it may fail after the wait has ended.
        var running = Task.Run(() => strategies.ExecuteAsync(turn.AttemptAsync, ending.Token).AsTask(), CancellationToken.None);
        _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        T? outcome = null;
        try
        {
            outcome = await running.WaitAsync(_ceiling, _time, cancellationToken).ConfigureAwait(false);
            return turn.IsOwn(outcome) ? outcome : throw _faults.NoOutcome();
        }
        catch (TimeoutException e) when (!running.IsCompleted)
        {
            throw _faults.Endless(_ceiling, e);
        }
        finally
        {
            turn.End(outcome);
            _ = EndAsync(ending, isCancelled: outcome is null);
        }
    }

    // The user's registrations on the token may block as well: they are not awaited.
    private static async Task EndAsync(CancellationTokenSource ending, bool isCancelled)
    {
        if (isCancelled) await ending.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private static ResiliencePipeline Build(Action<ResiliencePipelineBuilder> configure, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder { Name = nameof(ProgressiveDelivery), TimeProvider = time };
        configure(builder);
        return builder.Build();
    }
}
