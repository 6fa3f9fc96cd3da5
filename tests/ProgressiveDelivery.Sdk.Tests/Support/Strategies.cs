using Polly;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Does to an attempt what a strategy of a user's might.</summary>
internal delegate ValueTask<Outcome<object?>> Treatment(Func<CancellationToken, ValueTask<Outcome<object?>>> attempt, CancellationToken cancellationToken);

/// <summary>Strategies that no library has.</summary>
internal static class Strategies
{
    public static readonly Treatment Throws = (_, _) => throw new InvalidOperationException("Broken.");

    public static readonly Treatment Cancels = (_, _) => throw new OperationCanceledException();

    public static readonly Treatment Swallows = async (attempt, token) =>
    {
        await attempt(token);
        return Outcome.FromResult<object?>(null);
    };

    public static readonly Treatment NeverCalls = (_, _) => new(Outcome.FromResult<object?>(null));

    public static readonly Treatment NeverEnds = async (_, _) =>
    {
        await new TaskCompletionSource().Task;
        return default;
    };

    public static readonly Treatment EndsNeverAfterTheAttempt = async (attempt, token) =>
    {
        await attempt(token);
        await new TaskCompletionSource().Task;
        return default;
    };

    public static readonly Treatment CallsTwice = async (attempt, token) =>
    {
        await attempt(token);
        return await attempt(token);
    };

    public static readonly Treatment CallsTwiceAtOnce = async (attempt, token) =>
    {
        var both = await Task.WhenAll(attempt(token).AsTask(), attempt(token).AsTask());
        return both[0];
    };

    public static void AddTreatment(this ResiliencePipelineBuilder pipeline, Func<Treatment?> treatment) =>
        pipeline.AddStrategy(_ => new Strategy(treatment), new Options());

    private sealed class Options : ResilienceStrategyOptions;

    private sealed class Strategy(Func<Treatment?> treatment) : ResilienceStrategy
    {
        protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
        {
            if (treatment() is not { } treat)
                return await callback(context, state);

            var outcome = await treat(AttemptAsync, context.CancellationToken);
            return outcome.Exception is { } e ? Outcome.FromException<TResult>(e) : Outcome.FromResult((TResult)outcome.Result!);

            async ValueTask<Outcome<object?>> AttemptAsync(CancellationToken cancellationToken)
            {
                var made = await callback(context, state);
                return made.Exception is { } e ? Outcome.FromException<object?>(e) : Outcome.FromResult<object?>(made.Result);
            }
        }
    }
}
