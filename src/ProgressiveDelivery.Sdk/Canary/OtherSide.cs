namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Limits the time of calls to the side without authority, also of calls that ignore their token.</summary>
/// <param name="limit">The time that a call has.</param>
/// <param name="clock">Measures it.</param>
internal sealed class OtherSide(TimeSpan limit, TimeProvider clock)
{
    /// <summary>Calls the side until it answers, the time is over, or <paramref name="closing"/> is canceled.</summary>
    /// <param name="call">An asynchronous method: it throws nothing before it returns its task.</param>
    /// <param name="closing">Gives the call up.</param>
    /// <exception cref="TimeoutException">The side did not answer in time.</exception>
    public async Task CallAsync(Func<CancellationToken, Task> call, CancellationToken closing)
    {
        // Never disposed: a call that was given up may still use the token, and without a timer there is nothing to release.
#pragma warning disable CA2000
        var ending = new CancellationTokenSource();
#pragma warning restore CA2000
        // The time begins before the call: what it does until it returns its task counts.
        using var over = new CancellationTokenSource(limit, clock);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(over.Token, closing);
        var running = call(ending.Token);
        await running.WaitAsync(given.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCompleted)
        {
            Ignore(running);
            Ignore(ending.CancelAsync());
            closing.ThrowIfCancellationRequested();
            throw new TimeoutException($"The side did not answer within {limit} (OtherTimeout). Raise the limit, or look at the side.");
        }

        await running.ConfigureAwait(false);
    }

    private static void Ignore(Task task) =>
        _ = task.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
