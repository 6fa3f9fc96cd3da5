using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Hears of answered questions: of each once, after its answer was found. Listings, explanations, assertions and watched values are not answered
/// questions. A client without listeners has no observer, which costs one check for null.
/// </summary>
/// <param name="rules">The rules that answer.</param>
/// <param name="usage">Counts the answers of these rules; null if usage is not reported.</param>
/// <param name="events">Logs the evaluations; null if they are not logged.</param>
/// <param name="exposures">Records exposures; null if there is no sink for them.</param>
/// <param name="backends">The recorders of backends; null if there are none.</param>
/// <param name="noted">Their notes on these rules.</param>
internal sealed class DecisionObserver(Provenance rules, UsageTable? usage, EvaluationEvents? events, ExposureRecorder? exposures, BackendRecordings? backends, RecordedRules[] noted)
{
    /// <summary>Records an answer. One that is forced for a test is logged, and neither counted nor exposed. Never blocks and never throws; allocates only what a listener keeps of it.</summary>
    /// <param name="flag">The flag; it knows its experiments and their units.</param>
    /// <param name="decision">Its decision.</param>
    /// <param name="form">The form of the answer.</param>
    /// <param name="answer">The value that was answered.</param>
    /// <param name="fallback">The caller's fallback.</param>
    /// <param name="context">The context of the question.</param>
    public void Answered<T>(CompiledFlag flag, Decision decision, AnswerForm form, T answer, T fallback, AnyContext context)
    {
        if (flag.IsForced(decision))
        {
            events?.Answered(flag, decision, form, answer, context, rules);
            return;
        }

        if (usage is not null)
            Count(usage, flag, decision, form, answer);
        if (form != AnswerForm.Fallback)
            exposures?.Given(flag, decision, context, rules);
        events?.Answered(flag, decision, form, answer, context, rules);
        foreach (var notes in noted)
            notes.Answered(flag, decision, form, fallback, context);
    }

    /// <summary>Records that a flag is not there, and the fallback was answered.</summary>
    public void Missed<T>(string key, EvaluationReason reason, T fallback, AnyContext context)
    {
        events?.Missed(key, reason, fallback, context, rules);
        backends?.Missed(key, reason, fallback, context);
    }

    /// <summary>Records an event that a backend's package makes of the time.</summary>
    public void Occurred(Func<DateTimeOffset, BackendEvent> make, TimeProvider clock) => backends?.Occurred(make(clock.GetUtcNow()));

    private static void Count<T>(UsageTable usage, CompiledFlag flag, Decision decision, AnswerForm form, T answer)
    {
        switch (form)
        {
            case AnswerForm.Value:
                usage.CountValue(flag, decision, answer);
                break;
            case AnswerForm.Variant:
                usage.CountVariant(flag, decision);
                break;
            default:
                usage.CountFallback(flag, decision, answer);
                break;
        }
    }
}
