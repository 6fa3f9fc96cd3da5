using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>The sources of snapshots.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>Polls a snapshot over HTTP, with the defaults of <see cref="HttpSourceOptions"/>.</summary>
    /// <param name="url">The snapshot's full address.</param>
    public ProgressiveDeliveryBuilder FromHttp([StringSyntax(StringSyntaxAttribute.Uri)] string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return FromHttp(http => http.Address = Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var address) ? address : null);
    }

    /// <summary>Polls a snapshot over HTTP.</summary>
    /// <param name="configure">Sets the options; the address at least.</param>
    public ProgressiveDeliveryBuilder FromHttp(Action<HttpSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddSource(nameof(FromHttp), OwnBackend.Of<HttpSourceOptions>(), OwnBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Polls a snapshot over HTTP, with options from configuration.</summary>
    /// <param name="section">The section with <see cref="HttpSourceOptions"/>' members: <c>Address</c>, <c>PollingInterval</c>…</param>
    public ProgressiveDeliveryBuilder FromHttp(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddSource(nameof(FromHttp), OwnBackend.Of<HttpSourceOptions>(), OwnBackend.Polls, options => options.BindOnce(section, static (from, http) => from.Bind(http)));
    }

    /// <summary>
    /// Follows a snapshot as a stream of server-sent events, with the defaults of <see cref="StreamSourceOptions"/>: changes arrive
    /// at once, and a <c>kill</c> acts at once.
    /// </summary>
    /// <param name="url">The stream's full address.</param>
    public ProgressiveDeliveryBuilder FromEventStream([StringSyntax(StringSyntaxAttribute.Uri)] string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return FromEventStream(stream => stream.Address = Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var address) ? address : null);
    }

    /// <summary>Follows a snapshot as a stream of server-sent events.</summary>
    /// <param name="configure">Sets the options; the address at least.</param>
    public ProgressiveDeliveryBuilder FromEventStream(Action<StreamSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddSource(nameof(FromEventStream), OwnBackend.Of<StreamSourceOptions>(), OwnBackend.Stream, options => options.Configure(configure));
    }

    /// <summary>Follows a snapshot as a stream of server-sent events, with options from configuration.</summary>
    /// <param name="section">The section with <see cref="StreamSourceOptions"/>' members: <c>Address</c>, <c>HeartbeatTimeout</c>…</param>
    public ProgressiveDeliveryBuilder FromEventStream(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddSource(nameof(FromEventStream), OwnBackend.Of<StreamSourceOptions>(), OwnBackend.Stream, options => options.BindOnce(section, static (from, stream) => from.Bind(stream)));
    }

    /// <summary>Reads and watches a snapshot file, with the defaults of <see cref="FileSourceOptions"/>.</summary>
    /// <param name="path">The file; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>.</param>
    public ProgressiveDeliveryBuilder FromFile(string path) => FromFile(file => file.Path = path);

    /// <summary>Reads and watches a snapshot file.</summary>
    /// <param name="configure">Sets the options; the path at least.</param>
    public ProgressiveDeliveryBuilder FromFile(Action<FileSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddSource(nameof(FromFile), OwnBackend.Of<FileSourceOptions>(), OwnBackend.File, options => options.Configure(configure));
    }

    /// <summary>Reads and watches a snapshot file, with options from configuration.</summary>
    /// <param name="section">The section with <see cref="FileSourceOptions"/>' members: <c>Path</c>, <c>PollingInterval</c>…</param>
    public ProgressiveDeliveryBuilder FromFile(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddSource(nameof(FromFile), OwnBackend.Of<FileSourceOptions>(), OwnBackend.File, options => options.BindOnce(section, static (from, file) => from.Bind(file)));
    }

    /// <summary>Answers from definitions built in code, which never change.</summary>
    /// <param name="snapshot">The definitions.</param>
    public ProgressiveDeliveryBuilder FromSnapshot(SnapshotDefinition snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return AddSource(new(nameof(FromSnapshot), inputs => new InMemorySnapshotSource(snapshot, inputs.Format)));
    }

    /// <summary>Answers from a document in our own format, which never changes.</summary>
    /// <param name="json">The document's text.</param>
    public ProgressiveDeliveryBuilder FromDocument([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return AddSource(new(nameof(FromDocument), inputs => new InMemorySnapshotSource(json, inputs.Format))
        {
            Check = faults => faults.CheckDocument(_registration, nameof(FromDocument), json),
        });
    }

    /// <summary>Reads a source of your own, or an <see cref="InMemorySnapshotSource"/> whose content you change.</summary>
    /// <param name="create">Makes or resolves the source, without I/O. The client does not dispose it; the container does if it is registered there.</param>
    public ProgressiveDeliveryBuilder From(Func<IServiceProvider, ISnapshotSource> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return AddSource(new(nameof(From), inputs => create(inputs.Services)));
    }

    /// <summary>Polls documents of another format over HTTP.</summary>
    /// <param name="configure">Sets the options; the address at least.</param>
    /// <param name="format">Makes the format, within the client's limits.</param>
    public ProgressiveDeliveryBuilder FromHttp(Action<HttpSourceOptions> configure, Func<SnapshotLimits, ISnapshotFormat> format)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(format);
        return AddSource(nameof(FromHttp), OwnBackend.Of<HttpSourceOptions>(format), OwnBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Reads and watches a file of another format.</summary>
    /// <param name="configure">Sets the options; the path at least.</param>
    /// <param name="format">Makes the format, within the client's limits.</param>
    public ProgressiveDeliveryBuilder FromFile(Action<FileSourceOptions> configure, Func<SnapshotLimits, ISnapshotFormat> format)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(format);
        return AddSource(nameof(FromFile), OwnBackend.Of<FileSourceOptions>(format), OwnBackend.File, options => options.Configure(configure));
    }

    /// <summary>Reads a backend that a package describes, with options of its own. They are checked with all others when the client is made.</summary>
    /// <typeparam name="TOptions">The options' class; its validators are found where they are registered.</typeparam>
    /// <param name="verb">The package's own method, for messages.</param>
    /// <param name="backend">The description of the backend.</param>
    /// <param name="channel">The way to read it.</param>
    /// <param name="configure">Sets the options: <c>options => options.Configure(configure)</c>, or from configuration with <see cref="OptionsSectionExtensions.BindOnce"/>.</param>
    public ProgressiveDeliveryBuilder AddSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Backend<TOptions> backend, BackendChannel<TOptions> channel, Action<OptionsBuilder<TOptions>> configure)
        where TOptions : class
    {
        ArgumentException.ThrowIfNullOrEmpty(verb);
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(configure);
        var name = _registration.SourceOptionsName(typeof(TOptions));
        var builder = Services.AddOptions<TOptions>(name);
        channel.Prepare(this, builder);
        Services.AddSingleton<IValidateOptions<TOptions>>(new SourceOptionsValidator<TOptions>(name, backend, channel));
        configure(builder);
        return AddSource(new(verb, inputs => channel.CreateSource(backend, Read(inputs), inputs))
        {
            Options = typeof(TOptions),
            Kind = channel.KindOfSource,
            Check = faults => faults.Check<TOptions>(_registration, name),
            Identity = inputs => channel.IdentityOf(backend, Read(inputs)),
            Report = backend.Report is not { } report ? null : inputs => Read(inputs) is var options ? report(options, new(inputs, channel.EndpointOf(backend, options, inputs.Limits))) : null,
        });

        TOptions Read(SourceInputs inputs) => inputs.Services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
    }

    /// <summary>Registers the client's own HTTP client, whose redirects the library follows itself.</summary>
    internal void AddHttpClient()
    {
        Services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        if (Services.Any(service => service.ServiceType == typeof(GuardedClients)))
            return;
        Services.AddSingleton<GuardedClients>();
        Services.AddSingleton<IHttpMessageHandlerBuilderFilter>(static services => services.GetRequiredService<GuardedClients>());
    }

    private ProgressiveDeliveryBuilder AddSource(SourceRegistration source)
    {
        _registration.Sources.Add(source);
        return this;
    }
}
