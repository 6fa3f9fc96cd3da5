using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using ProgressiveDelivery.Sdk.FeatureManagement.Contexts;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>Answers Microsoft's questions from the client. Safe to use from any thread.</summary>
/// <param name="served">The client and its options.</param>
/// <param name="services">The services of the manager.</param>
/// <param name="memory">Keeps the answers of a scope; null for a manager whose every answer is a new one.</param>
internal abstract class ServedFeatureManager(ServedClient served, IServiceProvider services, AnswerMemory? memory) : IFeatureManager, IVariantFeatureManager
{
    private readonly CallerReader _callers = new(served, services);
    private readonly ISessionManager[] _sessions = [.. services.GetServices<ISessionManager>()];

    /// <summary>Returns the rules that answer, and who evaluates them.</summary>
    protected abstract (IFeatureEvaluator Evaluator, IFeatureSnapshot Rules) Current { get; }

    /// <summary>Waits for the first rules of the process.</summary>
    protected abstract ValueTask WaitForRulesAsync(CancellationToken cancellationToken);

    public IAsyncEnumerable<string> GetFeatureNamesAsync() => GetFeatureNamesAsync(CancellationToken.None);

    public async IAsyncEnumerable<string> GetFeatureNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await WaitForRulesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var flag in Current.Rules.Flags)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return flag.Key;
        }
    }

    public Task<bool> IsEnabledAsync(string feature) => IsEnabledAsync(feature, CancellationToken.None).AsTask();

    public Task<bool> IsEnabledAsync<TContext>(string feature, TContext context) => IsEnabledAsync(feature, context, CancellationToken.None).AsTask();

    public async ValueTask<bool> IsEnabledAsync(string feature, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feature);
        await WaitForRulesAsync(cancellationToken).ConfigureAwait(false);
        var caller = await _callers.AmbientAsync().ConfigureAwait(false);
        return await IsEnabledAsync(feature, caller, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> IsEnabledAsync<TContext>(string feature, TContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feature);
        ArgumentNullException.ThrowIfNull(context);
        await WaitForRulesAsync(cancellationToken).ConfigureAwait(false);
        var caller = await _callers.OfAsync(context).ConfigureAwait(false);
        return await IsEnabledAsync(feature, caller, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Variant> GetVariantAsync(string feature, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(feature);
        await WaitForRulesAsync(cancellationToken).ConfigureAwait(false);
        var caller = await _callers.AmbientAsync().ConfigureAwait(false);
        return VariantOf(feature, caller, cancellationToken)!;
    }

    public async ValueTask<Variant> GetVariantAsync(string feature, ITargetingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(feature);
        ArgumentNullException.ThrowIfNull(context);
        await WaitForRulesAsync(cancellationToken).ConfigureAwait(false);
        var caller = await _callers.OfAsync(context).ConfigureAwait(false);
        return VariantOf(feature, caller, cancellationToken)!;
    }

    // As in Microsoft's manager, the first session that has an answer gives it, and all of them learn it.
    private async ValueTask<bool> IsEnabledAsync(string feature, Caller caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (memory is not null && memory.TryGetState(feature, caller, out var known))
            return known;
        var enabled = await ReadSessionsAsync(feature).ConfigureAwait(false) ?? Evaluate(feature, caller);
        enabled = memory?.Keep(feature, caller, enabled) ?? enabled;
        foreach (var session in _sessions)
            await session.SetAsync(feature, enabled).ConfigureAwait(false);
        return enabled;
    }

    private async ValueTask<bool?> ReadSessionsAsync(string feature)
    {
        foreach (var session in _sessions)
        {
            if (await session.GetAsync(feature).ConfigureAwait(false) is { } stored)
                return stored;
        }

        return null;
    }

    private bool Evaluate(string feature, Caller caller)
    {
        if (feature.Length == 0)
            return Missing(feature);
        var (evaluator, rules) = Current;
        var flag = served.Flags.Of(feature, rules);
        var evaluation = caller.Evaluate(evaluator, flag);
        if (evaluation.Reason == EvaluationReason.FlagNotFound)
        {
            if (served.Flags.InOtherCase(feature, rules) is not { } other)
                return Missing(feature);
            (flag, evaluation) = (other, caller.Evaluate(evaluator, other));
        }

        if (evaluation.Reason == EvaluationReason.TypeMismatch && served.IsNews(flag.Key))
            served.Logger.NotOnOrOff(flag.Key);
        if (evaluation.Reason > EvaluationReason.FlagNotFound)
            served.Flags.Keep(flag);
        return evaluation.Value;
    }

    private Variant? VariantOf(string feature, Caller caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (memory is not null && memory.TryGetVariant(feature, caller, out var known))
            return known;
        var variant = EvaluateVariant(feature, caller);
        return memory is null ? variant : memory.Keep(feature, caller, variant);
    }

    private Variant? EvaluateVariant(string feature, Caller caller)
    {
        var (evaluator, rules) = Current;
        var (key, context) = (served.Flags.Of(feature, rules).Key, caller.ToContext());
        var evaluation = evaluator.EvaluateUntyped(key, context);
        if (evaluation.Reason == EvaluationReason.FlagNotFound)
        {
            if (served.Flags.InOtherCase(feature, rules) is not { } other)
            {
                Missing(feature);
                return null;
            }

            (key, evaluation) = (other.Key, evaluator.EvaluateUntyped(other.Key, context));
        }

        return served.Variants.Of(key, evaluation, rules);
    }

    /// <exception cref="FeatureManagementException">The application does not ignore missing features.</exception>
    private bool Missing(string feature) =>
        served.ThrowsOnMissingFeatures ? throw new FeatureManagementException(FeatureManagementError.MissingFeature, $"The feature definition for the feature '{feature}' was not found.") : false;
}
