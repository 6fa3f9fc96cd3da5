namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// An event in the terms of one backend, which an <see cref="AnswerRecorder"/> makes. Only the sink of that backend gets it, and only whole: if its queue is
/// full, the event is lost, and counted as such. Immutable.
/// </summary>
public abstract class BackendEvent : FeatureEvent
{
    /// <summary>Sets the context.</summary>
    /// <param name="context">
    /// The context that the event holds until it is sent; null if it needs none. A value of more than 262,144 characters as JSON, about, or of more than 64 lists and
    /// objects inside one another, is held as null.
    /// </param>
#pragma warning disable RS0022 // Only events of backends are made by packages.
    protected BackendEvent(EvaluationContext? context) => Context = context?.Within(AttributeBounds.OfEvents);
#pragma warning restore RS0022

    /// <summary>The context that the event holds, with its private attributes, which the sink must leave out; null if there is none.</summary>
    public EvaluationContext? Context { get; }

    /// <summary>
    /// The size of the content beside context, attributes and unit, in bytes of JSON, about; 0 by default. Memory and batches are bounded by it. Called once,
    /// on the thread that records.
    /// </summary>
    public virtual int ContentBytes => 0;
}
