using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// The description of the events that a backend expects, as functions of its options: a recorder that makes them of answers, and a sink that sends them.
/// <see cref="ProgressiveDeliveryBuilder.AddBackendSink{TOptions}"/> adds both to a client. The functions do no I/O.
/// </summary>
/// <typeparam name="TOptions">The options' class. It holds data only: the functions are here.</typeparam>
public sealed class BackendEvents<TOptions>
    where TOptions : class
{
    /// <summary>Makes the sink, which gets the events of the recorder, and no others. The client disposes it. Required.</summary>
    public required Func<TOptions, EventServices, IEventSink> Sink { get; init; }

    /// <summary>Makes the recorder of the sink. Required.</summary>
    public required Func<TOptions, IEventSink, RecorderServices, AnswerRecorder> Recorder { get; init; }

    /// <summary>Finds the errors in the options, and never shows a secret; none by default.</summary>
    public Action<TOptions, ValidateOptionsResultBuilder> Validate { get; init; } = static (_, _) => { };
}
