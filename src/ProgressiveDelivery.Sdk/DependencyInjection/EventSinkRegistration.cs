using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>One sink of events given to a builder.</summary>
/// <param name="Verb">The builder's method, for messages.</param>
/// <param name="Create">Makes or resolves the sink; without I/O.</param>
/// <param name="IsOwned">True if the client disposes it.</param>
internal sealed record EventSinkRegistration(string Verb, Func<IServiceProvider, IEventSink> Create, bool IsOwned)
{
    /// <summary>The class of its options; null where it has none.</summary>
    public Type? Options { get; init; }

    /// <summary>Finds the errors in the sink's options.</summary>
    public Action<OptionsFaults> Check { get; init; } = static _ => { };

    /// <summary>Makes the recorder of the events that the sink gets; null for a sink that gets all exposures and outcomes.</summary>
    public Func<IServiceProvider, IEventSink, RecorderServices, AnswerRecorder>? Recorder { get; init; }
}
