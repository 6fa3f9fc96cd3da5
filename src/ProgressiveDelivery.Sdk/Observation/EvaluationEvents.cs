using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Logs evaluations as <c>feature_flag.evaluation</c> events. The OpenTelemetry exporter sends the name of an event id as the event's name, and the state's
/// pairs as its attributes, so that no reference to OpenTelemetry is needed.
/// </summary>
/// <param name="options">The choice of evaluations.</param>
/// <param name="logger">The log; it does not throw.</param>
/// <param name="client">The client's name for people.</param>
internal sealed class EvaluationEvents(EvaluationEventOptions options, ILogger logger, string client)
{
    private const string ProviderName = "ProgressiveDelivery.Sdk";

    // A caller that composes keys from user input must not fill the memory.
    private const int MaxTags = 1_000;

    private static readonly EventId Id = new(100, EvaluationEvent.Name);

    private readonly HashSet<string> _keys = new(options.Flags.Where(flag => !flag.EndsWith('*')), StringComparer.Ordinal);
    private readonly string[] _beginnings = [.. options.Flags.Where(flag => flag.EndsWith('*')).Select(flag => flag[..^1])];
    private readonly ConcurrentDictionary<string, string> _tags = new(StringComparer.Ordinal);

    /// <summary>Logs the evaluation of a flag.</summary>
    public void Answered<T>(CompiledFlag flag, Decision decision, AnswerForm form, T answer, AnyContext context, Provenance rules)
    {
        if (!Includes(flag.Key))
            return;
        var variant = form != AnswerForm.Fallback ? flag.Variants[decision.Variant] : null;
        if (options.TagActivity && variant is not null)
            Tag(flag.Key, variant.Label);
        if (!IsWanted())
            return;

        var isMismatch = variant is null && decision.HasVariant && flag.Variants[decision.Variant].HasValue;
        var reason = isMismatch ? EvaluationReason.TypeMismatch : decision.Reason;
        var evaluation = Begin(flag.Key, rules);
        evaluation.Add("feature_flag.result.variant", variant?.Label);
        if (variant is null || options.IncludeValue)
            evaluation.Add("feature_flag.result.value", variant is { HasValue: true } ? variant.Describe(flag.Type) : Plain(answer));
        Finish(evaluation, reason, rules.IsStale, flag.IsConstant, Provenance.ErrorText(flag, reason, typeof(T)), context);
    }

    /// <summary>Logs an evaluation of a flag that is not there.</summary>
    public void Missed<T>(string key, EvaluationReason reason, T fallback, AnyContext context, Provenance rules)
    {
        if (!Includes(key) || !IsWanted())
            return;
        var evaluation = Begin(key, rules);
        evaluation.Add("feature_flag.result.value", Plain(fallback));
        Finish(evaluation, reason, isStale: false, isStatic: false, Provenance.ErrorText(null, reason, typeof(T)), context);
    }

    private EvaluationEvent Begin(string key, Provenance rules)
    {
        var evaluation = new EvaluationEvent();
        evaluation.Add("feature_flag.key", key);
        evaluation.Add("feature_flag.provider.name", ProviderName);
        evaluation.Add("feature_flag.set.id", client);
        evaluation.Add("feature_flag.version", rules.Version > 0 ? rules.Version.ToString(CultureInfo.InvariantCulture) : null);
        return evaluation;
    }

    private void Finish(EvaluationEvent evaluation, EvaluationReason reason, bool isStale, bool isStatic, string? message, AnyContext context)
    {
        var error = ErrorType(reason);
        evaluation.Add("feature_flag.result.reason", error is null && isStale ? "stale" : ReasonNames.Of(reason, isStatic));
        evaluation.Add("error.type", error);
        evaluation.Add("feature_flag.error.message", error is null ? null : message);
        if (options.IncludeContextId && !context.HasPrivateKey)
            evaluation.Add("feature_flag.context.id", context.Key.AsString());
        logger.Log(LogLevel.Information, Id, evaluation, null, static (logged, _) => logged.ToString());
    }

    private bool Includes(string key) => options.Flags.Count == 0 || _keys.Contains(key) || HasBeginning(key);

    private bool HasBeginning(string key)
    {
        foreach (var beginning in _beginnings)
        {
            if (key.StartsWith(beginning, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private bool IsWanted() => (options.SampleRate >= 1 || Random.Shared.NextDouble() < options.SampleRate) && logger.IsEnabled(LogLevel.Information);

    private void Tag(string key, string variant)
    {
        if (Activity.Current is not { } activity)
            return;
        if (!_tags.TryGetValue(key, out var name))
        {
            name = $"feature_flag.{key}";
            if (_tags.Count < MaxTags)
                _tags.TryAdd(key, name);
        }

        activity.SetTag(name, variant);
    }

    // A fallback that is an object has no form of its own.
    private static object? Plain<T>(T answer) => answer is bool or string or int or long or double ? answer : null;

    private static string? ErrorType(EvaluationReason reason) => reason switch
    {
        EvaluationReason.NotReady => "provider_not_ready",
        EvaluationReason.Closed => "provider_fatal",
        EvaluationReason.FlagNotFound => "flag_not_found",
        EvaluationReason.Error => "parse_error",
        EvaluationReason.TargetingKeyMissing => "targeting_key_missing",
        EvaluationReason.TypeMismatch => "type_mismatch",
        _ => null,
    };
}
