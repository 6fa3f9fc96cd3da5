using Polly;
using Polly.Retry;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Delivers batches through resilience strategies, which are not trusted if they are the user's: they run apart, with a time limit.</summary>
internal sealed class EventDelivery(EventCaller caller, EventPipelineOptions options, TimeProvider clock, Random random)
{
    private static readonly TimeSpan MinCeiling = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    private readonly TimeSpan _ceiling = TimeSpan.FromTicks(Math.Max(MinCeiling.Ticks, 4 * options.AttemptTimeout.Ticks));
    private readonly Lazy<ResiliencePipeline> _strategies = new(() => Build(options, clock, random));

    /// <summary>Makes one round of attempts.</summary>
    /// <returns>Null if the batch was delivered, else the fault.</returns>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public async Task<EventSinkException?> TrySendAsync(EventBatch batch, CancellationToken giveUp)
    {
        var turn = new EventTurn(caller, batch, giveUp);
        var ending = new CancellationTokenSource();
        var token = ending.Token;
        var running = Task.Run(() => _strategies.Value.ExecuteAsync(turn.AttemptAsync, token).AsTask(), CancellationToken.None);
        _ = running.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        await running.WaitAsync(_ceiling, clock, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        turn.End();
        // A strategy's registrations on the token may block: they are not awaited.
        if (!running.IsCompleted)
            _ = ending.CancelAsync();
        if (turn.IsDelivered)
            return null;
        giveUp.ThrowIfCancellationRequested();
        return Known(turn.Fault) ?? Unexplained(running);
    }

    /// <summary>Returns the pause that the sink requests; null if it requests none that makes sense.</summary>
    public static TimeSpan? RetryAfter(EventSinkException fault) =>
        fault.RetryAfter is { } pause && pause > TimeSpan.Zero ? pause < MaxRetryAfter ? pause : MaxRetryAfter : null;

    private static EventSinkException? Known(Exception? fault) => fault as EventSinkException;

    private EventSinkException Unexplained(Task running) => running switch
    {
        { IsCompleted: false } => new($"Its resilience strategies did not end within {_ceiling}. Look at {nameof(EventPipelineOptions.UseResilience)}."),
        { Exception.InnerException: { } fault } => new($"Its resilience strategies failed: {fault.GetType().Name}: {fault.Message} Look at {nameof(EventPipelineOptions.UseResilience)}.", fault),
        _ => new($"Its resilience strategies made no attempt. Look at {nameof(EventPipelineOptions.UseResilience)}."),
    };

    private static ResiliencePipeline Build(EventPipelineOptions options, TimeProvider clock, Random random)
    {
        var builder = new ResiliencePipelineBuilder { Name = nameof(ProgressiveDelivery), TimeProvider = clock };
        if (options.Resilience is { } configure)
            configure(builder);
        else
            builder.AddRetry(Retry(random));
        return builder.Build();
    }

    private static RetryStrategyOptions Retry(Random random) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<EventSinkException>(static fault => fault.Kind is not (EventSinkFaultKind.AccessDenied or EventSinkFaultKind.TooLarge or EventSinkFaultKind.Invalid) && fault.RetryAfter is null),
        MaxRetryAttempts = 2,
        Delay = TimeSpan.FromMilliseconds(500),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = random.NextDouble,
    };
}
