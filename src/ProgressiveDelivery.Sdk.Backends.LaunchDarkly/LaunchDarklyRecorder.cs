using System.Text.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// Records what LaunchDarkly expects single events of: each context once in a while, tracked and debugged answers, also of prerequisites, and outcomes. A context that LaunchDarkly could not
/// name, since it lacks a key, has no events. Neither have answers of operators' overrides.
/// </summary>
internal sealed class LaunchDarklyRecorder(LaunchDarklyEventOptions options, LaunchDarklyEventSink sink, RecorderServices services) : AnswerRecorder
{
    private readonly EventMemory _contexts = services.Remember(options.RememberedContexts, options.RepeatContextsAfter);

    public override object NoteOn(string flag, IReadOnlyDictionary<string, JsonElement> metadata) => FlagTracking.Of(metadata);

    public override bool RecordsPrerequisite(object note) => !ReferenceEquals(note, FlagTracking.None);

    public override void Answered(in RecordedAnswer answer)
    {
        if (!answer.HasKeys)
            return;
        var key = answer.ContextHash;
        if (!_contexts.Knows(key))
            Index(key, answer.GetContext());
        if (answer.Note is FlagTracking tracking && !ReferenceEquals(tracking, FlagTracking.None) && !answer.IsOverridden)
            RecordAnswer(in answer, tracking);
    }

    public override void Tracked(string metric, EvaluationContext context, double value)
    {
        if (!ContextKinds.HaveKeys(context, options.Context.MainKind))
            return;
        var key = RecordedAnswer.ContextHashOf(context);
        if (!_contexts.Knows(key))
            Index(key, context);
        services.TryRecord(new LaunchDarklyEvent(LaunchDarklyEventKind.Custom, context, services.Clock.GetUtcNow()) { Key = metric, MetricValue = value });
    }

    private void Index(UInt128 key, EvaluationContext context)
    {
        if (!options.OmitAnonymousContexts || ContextKinds.Of(context, options.Context.MainKind).Exists(kind => !ContextKinds.IsAnonymous(kind.Context)))
            _contexts.TryRecord(key, 0, new LaunchDarklyEvent(LaunchDarklyEventKind.Index, context, services.Clock.GetUtcNow()));
    }

    private void RecordAnswer(in RecordedAnswer answer, FlagTracking tracking)
    {
        var isInExperiment = answer.VariantName?.EndsWith(FlagVariations.InExperiment, StringComparison.Ordinal) == true;
        var isExperiment = isInExperiment || (answer.Reason is EvaluationReason.Default or EvaluationReason.RuleMatch or EvaluationReason.Split && tracking.Tracks(answer.Rule));
        var now = services.Clock.GetUtcNow();
        var isDebugged = tracking.DebugUntil > Math.Max(now.ToUnixTimeMilliseconds(), sink.ServerTime);
        if ((!tracking.TracksAll && !isExperiment && !isDebugged) || !IsSampled(tracking.SamplingRatio))
            return;

        var context = answer.GetContext();
        var reason = isExperiment || answer.IsDetailed ? LaunchDarklyReason.Of(in answer, tracking, isInExperiment) : null;
        if (tracking.TracksAll || isExperiment)
            services.TryRecord(Event(LaunchDarklyEventKind.Feature, in answer, context, now, reason, tracking.SamplingRatio));
        if (isDebugged)
            services.TryRecord(Event(LaunchDarklyEventKind.Debug, in answer, context, now, reason, tracking.SamplingRatio));
    }

    private static LaunchDarklyEvent Event(LaunchDarklyEventKind kind, in RecordedAnswer answer, EvaluationContext context, DateTimeOffset now, LaunchDarklyReason? reason, long samplingRatio) => new(kind, context, now)
    {
        Key = answer.Flag,
        Version = answer.FlagVersion,
        Variation = answer.Variant,
        Value = answer.GetValueJson(),
        Fallback = answer.GetFallbackJson(),
        Reason = reason,
        PrerequisiteOf = answer.PrerequisiteOf,
        SamplingRatio = samplingRatio,
    };

    private static bool IsSampled(long ratio) => ratio == 1 || (ratio > 1 && Random.Shared.NextInt64(ratio) == 0);
}
