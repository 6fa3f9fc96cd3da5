using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>The sinks of events. Each sink gets all events; a faulty one costs no other sink anything.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>Sends events to a sink of your own, made by the container as a singleton unless registered otherwise.</summary>
    /// <typeparam name="TSink">The sink.</typeparam>
    public ProgressiveDeliveryBuilder SendEventsTo<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSink>()
        where TSink : class, IEventSink
    {
        Services.TryAddSingleton<TSink>();
        return AddSink(new(nameof(SendEventsTo), static services => services.GetRequiredService<TSink>(), IsOwned: false));
    }

    /// <summary>Sends events to a sink of your own, such as an <see cref="InMemoryEventSink"/> in a test.</summary>
    /// <param name="sink">The sink; not disposed with the client.</param>
    public ProgressiveDeliveryBuilder SendEventsTo(IEventSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return AddSink(new(nameof(SendEventsTo), _ => sink, IsOwned: false));
    }

    /// <summary>Sends events to a sink of your own.</summary>
    /// <param name="create">Makes or resolves the sink, without I/O. The client does not dispose it.</param>
    public ProgressiveDeliveryBuilder SendEventsTo(Func<IServiceProvider, IEventSink> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return AddSink(new(nameof(SendEventsTo), create, IsOwned: false));
    }

    /// <summary>Sets how events travel to the sinks: limits of queues and batches, intervals and deadlines.</summary>
    /// <param name="configure">Sets the options.</param>
    public ProgressiveDeliveryBuilder ConfigureEvents(Action<EventPipelineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Sets how events travel to the sinks, from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="EventPipelineOptions"/>' members: <c>Capacity</c>, <c>FlushInterval</c>…</param>
    public ProgressiveDeliveryBuilder ConfigureEvents(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<EventPipelineOptions>(_registration.OptionsName).BindOnce(section, static (from, events) => from.Bind(events));
        return this;
    }

    /// <summary>Posts events to an HTTP endpoint, with the defaults of <see cref="HttpEventSinkOptions"/>: JSON lines, compressed by gzip.</summary>
    /// <param name="url">The endpoint's full address.</param>
    public ProgressiveDeliveryBuilder SendEventsToHttp([StringSyntax(StringSyntaxAttribute.Uri)] string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return SendEventsToHttp(http => http.Address = Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var address) ? address : null);
    }

    /// <summary>Posts events to an HTTP endpoint.</summary>
    /// <param name="configure">Sets the options; the address at least.</param>
    public ProgressiveDeliveryBuilder SendEventsToHttp(Action<HttpEventSinkOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddHttpSink(options => options.Configure(configure));
    }

    /// <summary>Posts events to an HTTP endpoint, with options from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="HttpEventSinkOptions"/>' members: <c>Address</c>, <c>Authorization</c>…</param>
    public ProgressiveDeliveryBuilder SendEventsToHttp(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddHttpSink(options => options.BindOnce(section, static (from, http) => from.Bind(http)));
    }

    /// <summary>Writes events to files as JSON lines, with the defaults of <see cref="FileEventSinkOptions"/>. The files can be read while they are written.</summary>
    /// <param name="path">The folder and the beginning of the files' names, such as <c>events/shop</c>.</param>
    public ProgressiveDeliveryBuilder SendEventsToFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return SendEventsToFile(file => file.Path = path);
    }

    /// <summary>Writes events to files as JSON lines.</summary>
    /// <param name="configure">Sets the options; the path at least.</param>
    public ProgressiveDeliveryBuilder SendEventsToFile(Action<FileEventSinkOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddFileSink(options => options.Configure(configure));
    }

    /// <summary>Writes events to files as JSON lines, with options from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="FileEventSinkOptions"/>' members: <c>Path</c>, <c>MaxFileBytes</c>…</param>
    public ProgressiveDeliveryBuilder SendEventsToFile(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddFileSink(options => options.BindOnce(section, static (from, file) => from.Bind(file)));
    }

    /// <summary>
    /// Logs events: <c>ILogger</c> records of level Information in the category <c>ProgressiveDelivery.Sdk.Events</c>, whose attributes have the names of the
    /// JSON. They hold units and the attributes that the options name.
    /// </summary>
    public ProgressiveDeliveryBuilder SendEventsToLogger() => AddSink(new(
        nameof(SendEventsToLogger), static services => new LoggerEventSink(services.GetRequiredService<ILoggerFactory>().CreateLogger(FeatureMeter.Name + ".Events")), IsOwned: true));

    private ProgressiveDeliveryBuilder AddHttpSink(Action<OptionsBuilder<HttpEventSinkOptions>> configure)
    {
        AddHttpClient();
        return AddSink<HttpEventSinkOptions, HttpEventSinkOptionsValidator>(
            nameof(SendEventsToHttp),
            options =>
            {
                options.Configure(http => http.HttpClientName = HttpClientName);
                configure(options);
            },
            static (options, services) =>
            {
                var endpoint = EventEndpoint.Of(options);
                return new HttpEventSink(options, endpoint, GuardedClients.For(endpoint, services), ClientAssembly.ClockOf(services));
            });
    }

    private ProgressiveDeliveryBuilder AddFileSink(Action<OptionsBuilder<FileEventSinkOptions>> configure) => AddSink<FileEventSinkOptions, FileEventSinkOptionsValidator>(
        nameof(SendEventsToFile),
        configure,
        static (options, services) => new FileEventSink(BaseFolder.FullPath(services, options.Path), options, ClientAssembly.ClockOf(services), EventFile.Create, ClientAssembly.FilesOf(services)));

    private ProgressiveDeliveryBuilder AddSink<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator>(
        string verb, Action<OptionsBuilder<TOptions>> configure, Func<TOptions, IServiceProvider, IEventSink> create)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        var name = _registration.SinkOptionsName(typeof(TOptions));
        configure(Services.AddOptions<TOptions>(name));
        return AddSink(new(verb, services => create(services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name), services), IsOwned: true)
        {
            Options = typeof(TOptions),
            Check = faults => faults.Check<TOptions>(_registration, name),
        });
    }

    private ProgressiveDeliveryBuilder AddSink(EventSinkRegistration sink)
    {
        _registration.Sinks.Add(sink);
        return this;
    }
}
