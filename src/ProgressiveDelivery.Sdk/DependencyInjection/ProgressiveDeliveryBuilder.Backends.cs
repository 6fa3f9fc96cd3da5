using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>The sinks of events in the terms of one backend, which packages add.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>
    /// Adds a sink of events in the terms of a backend, with options of its own. They are checked with all others when the client is made. The sink gets what its
    /// recorder records, and no exposures, outcomes or counts; otherwise it is a sink as any other, with a queue, a loop and a status of its own.
    /// </summary>
    /// <typeparam name="TOptions">The options' class.</typeparam>
    /// <param name="verb">The package's own method, for messages.</param>
    /// <param name="backend">The description of the backend's events.</param>
    /// <param name="configure">Sets the options: <c>options => options.Configure(configure)</c>, or from configuration with <see cref="OptionsSectionExtensions.BindOnce"/>.</param>
    public ProgressiveDeliveryBuilder AddBackendSink<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, BackendEvents<TOptions> backend, Action<OptionsBuilder<TOptions>> configure)
        where TOptions : class
    {
        ArgumentException.ThrowIfNullOrEmpty(verb);
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(configure);
        AddHttpClient();
        var (name, client) = (_registration.SinkOptionsName(typeof(TOptions)), HttpClientName);
        var options = Services.AddOptions<TOptions>(name);
        Services.AddSingleton<IValidateOptions<TOptions>>(new BackendEventsValidator<TOptions>(name, backend));
        configure(options);
        return AddSink(new(verb, services => backend.Sink(Read(services), new(services, ClientAssembly.ClockOf(services), client)), IsOwned: true)
        {
            Options = typeof(TOptions),
            Check = faults => faults.Check<TOptions>(_registration, name),
            Recorder = (services, sink, recording) => backend.Recorder(Read(services), sink, recording),
        });

        TOptions Read(IServiceProvider services) => services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
    }

    /// <summary>Adds a sink of events in the terms of a backend, which the application gives.</summary>
    /// <param name="verb">The package's own method, for messages.</param>
    /// <param name="sink">Makes or resolves the sink, without I/O. The client does not dispose it.</param>
    /// <param name="recorder">Makes the recorder of the sink.</param>
    public ProgressiveDeliveryBuilder AddBackendSink(string verb, Func<IServiceProvider, IEventSink> sink, Func<RecorderServices, AnswerRecorder> recorder)
    {
        ArgumentException.ThrowIfNullOrEmpty(verb);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(recorder);
        return AddSink(new(verb, sink, IsOwned: false) { Recorder = (_, _, recording) => recorder(recording) });
    }
}
