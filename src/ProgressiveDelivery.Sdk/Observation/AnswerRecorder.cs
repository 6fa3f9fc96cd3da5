using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Records the answers that a backend expects events of. It is called on the thread of each evaluation, after the answer was found, so it must be quick, must not
/// block, and should allocate only the events that it records. Its exceptions never reach the caller. Safe to use from any thread.
/// </summary>
public abstract class AnswerRecorder
{
    /// <summary>
    /// Returns the recorder's own note on a flag, which it gets with each of the flag's answers; null if these are not recorded, which costs an evaluation one
    /// look. Called when rules come into force, once for each flag that changed.
    /// </summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="metadata">The flag's metadata, where the format noted what the backend asks for.</param>
    public abstract object? NoteOn(string flag, IReadOnlyDictionary<string, JsonElement> metadata);

    /// <summary>
    /// Records an answer of a flag with a note, or a question for a flag that does not exist, which has neither note nor variant. Listings, explanations,
    /// assertions and watched values are no answers.
    /// </summary>
    /// <param name="answer">The answer.</param>
    public abstract void Answered(in RecordedAnswer answer);

    /// <summary>
    /// Returns whether a flag's answers are recorded also where the flag was the prerequisite of another one, up to 32 levels deep: then
    /// <see cref="RecordedAnswer.PrerequisiteOf"/> names the other flag. False by default.
    /// </summary>
    /// <param name="note">The note on the flag.</param>
    public virtual bool RecordsPrerequisite(object note) => false;

    /// <summary>Records an outcome that the application tracked. Does nothing by default.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="context">The context.</param>
    /// <param name="value">The value, finite; 1 for a conversion.</param>
    public virtual void Tracked(string metric, EvaluationContext context, double value)
    {
    }

    /// <summary>Records an event that the backend's package made outside of an evaluation. Does nothing by default; a recorder ignores events of other packages.</summary>
    /// <param name="occurred">The event.</param>
    public virtual void Occurred(BackendEvent occurred)
    {
    }
}
