using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The recorders of a client's backends, usually one. Safe to use from any thread.</summary>
internal sealed class BackendRecordings(BackendRecording[] recordings)
{
    /// <summary>Returns the notes of each recorder on a ruleset that comes into force.</summary>
    public RecordedRules[] Of(Ruleset rules) => Array.ConvertAll(recordings, recording => recording.Of(rules));

    /// <summary>Records a question for a flag that does not exist.</summary>
    public void Missed<T>(string key, EvaluationReason reason, T fallback, AnyContext context)
    {
        foreach (var recording in recordings)
            recording.Missed(key, reason, fallback, context);
    }

    public void Tracked(string metric, EvaluationContext context, double value)
    {
        foreach (var recording in recordings)
            recording.Tracked(metric, context, value);
    }

    public void Occurred(BackendEvent occurred)
    {
        foreach (var recording in recordings)
            recording.Occurred(occurred);
    }
}
