using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>
/// The check of one read, off its caller's path: it reads the other side, waits for the value that the caller got, and compares the two. The caller's flow calls
/// its members one after the other; <see cref="Compare"/> or <see cref="Abandon"/> comes last.
/// </summary>
internal sealed class ConsistencyCheck<TKey, TResult>
{
    private readonly ConsistencyChecks<TKey, TResult> _checks;
    private readonly TKey _key;
    private readonly MigrationStage _stage;
    private readonly Func<TKey, CancellationToken, ValueTask<TResult>> _read;
    private readonly TaskCompletionSource<(bool HasValue, TResult Value)> _authoritative = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TResult> _other = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Activity? _span = Activity.Current;

    private Task<MigrationCheck>? _running;
    private TimeSpan? _latency;

    public ConsistencyCheck(ConsistencyChecks<TKey, TResult> checks, TKey key, MigrationStage stage, Func<TKey, CancellationToken, ValueTask<TResult>> read)
    {
        (_checks, _key, _stage, _read) = (checks, key, stage, read);
        _ = _other.Task.ContinueWith(static other => other.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Indicates whether the other side is read already.</summary>
    public bool IsStarted => _running is not null;

    /// <summary>The value of the other side, once the check is started.</summary>
    public Task<TResult> Other => _other.Task;

    private MigrationSide OtherSide => _stage.Authority().Other();

    /// <summary>Reads the other side, on a thread of the pool.</summary>
    public void Start() => _running = RunDetached();

    /// <summary>Compares with the value that the caller gets; reads the other side now if that has not begun.</summary>
    public Task<MigrationCheck> Compare(TResult value)
    {
        _authoritative.SetResult((true, value));
        return _running ??= RunDetached();
    }

    /// <summary>Ends the check: there is nothing to compare with.</summary>
    public void Abandon()
    {
        _authoritative.SetResult(default);
        if (_running is not null)
            return;
        _checks.Gate.Leave();
        _checks.Services.Meter?.Checked(MigrationCheckResult.Skipped);
    }

    // Without the caller's context but its span: an ambient transaction or a request's services may be gone by then.
    private Task<MigrationCheck> RunDetached()
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(RunAsync);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(RunAsync);
    }

    private async Task<MigrationCheck> RunAsync()
    {
        Activity.Current = _span;
        var check = await CheckAsync().ConfigureAwait(false);
        _checks.Gate.Leave();
        _checks.Services.Meter?.Checked(check.Result);
        return check;
    }

    private async Task<MigrationCheck> CheckAsync()
    {
        try
        {
            var other = await ReadAsync().ConfigureAwait(false);
            _other.SetResult(other);
            var (hasValue, value) = await AuthoritativeAsync().ConfigureAwait(false);
            return hasValue ? Judge(value, other) : Of(MigrationCheckResult.Skipped);
        }
        catch (OperationCanceledException) when (_checks.Gate.Closing.IsCancellationRequested)
        {
            _other.TrySetCanceled(_checks.Gate.Closing);
            return Of(MigrationCheckResult.Skipped);
        }
        catch (Exception exception)
        {
            _other.TrySetException(exception);
            _checks.Services.Journal.CheckFailed(OtherSide, _stage, exception);
            return Of(MigrationCheckResult.Failed) with { Exception = exception };
        }
    }

    private async Task<TResult> ReadAsync()
    {
        var value = default(TResult)!;
        var call = new SideCall(_checks.Services, SideCall.Read, _stage, OtherSide);
        try
        {
            await _checks.Other.CallAsync(async token => value = await _read(_key, token).ConfigureAwait(false), _checks.Gate.Closing).ConfigureAwait(false);
            _latency = call.Succeeded();
            return value;
        }
        catch (Exception exception)
        {
            call.Failed(exception, _checks.Gate.Closing);
            throw;
        }
    }

    // A caller that waits long for its own side does not keep others' checks from running.
    private async Task<(bool HasValue, TResult Value)> AuthoritativeAsync()
    {
        await ((Task)_authoritative.Task).WaitAsync(_checks.Timeout, _checks.Services.Clock, _checks.Gate.Closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _authoritative.Task.IsCompletedSuccessfully ? await _authoritative.Task.ConfigureAwait(false) : default;
    }

    private MigrationCheck Judge(TResult value, TResult other)
    {
        var differences = _checks.Compare(_stage.Authority(), value, other);
        if (differences.Count == 0)
            return Of(MigrationCheckResult.Equal);
        _checks.Mismatches.Add(new()
        {
            Migration = _checks.Services.Name,
            At = _checks.Services.Clock.GetUtcNow(),
            Stage = _stage,
            Key = _key,
            Differences = differences,
        });
        return Of(MigrationCheckResult.Different) with { Differences = differences };
    }

    private MigrationCheck Of(MigrationCheckResult result) => new() { Result = result, Latency = _latency };
}
