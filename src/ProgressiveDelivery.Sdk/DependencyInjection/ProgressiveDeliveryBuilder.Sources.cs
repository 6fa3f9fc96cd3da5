using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>Where snapshots come from.</content>
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
        return AddHttp(options => options.Configure(configure));
    }

    /// <summary>Polls a snapshot over HTTP, with options from configuration.</summary>
    /// <param name="section">Has <see cref="HttpSourceOptions"/>' members: <c>Address</c>, <c>PollingInterval</c>…</param>
    public ProgressiveDeliveryBuilder FromHttp(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddHttp(options => options.Bind(section));
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
        return AddStream(options => options.Configure(configure));
    }

    /// <summary>Follows a snapshot as a stream of server-sent events, with options from configuration.</summary>
    /// <param name="section">Has <see cref="StreamSourceOptions"/>' members: <c>Address</c>, <c>HeartbeatTimeout</c>…</param>
    public ProgressiveDeliveryBuilder FromEventStream(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddStream(options => options.Bind(section));
    }

    /// <summary>Reads and watches a snapshot file, with the defaults of <see cref="FileSourceOptions"/>.</summary>
    /// <param name="path">The file; a relative path starts at the current folder.</param>
    public ProgressiveDeliveryBuilder FromFile(string path) => FromFile(file => file.Path = path);

    /// <summary>Reads and watches a snapshot file.</summary>
    /// <param name="configure">Sets the options; the path at least.</param>
    public ProgressiveDeliveryBuilder FromFile(Action<FileSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddFile(options => options.Configure(configure));
    }

    /// <summary>Reads and watches a snapshot file, with options from configuration.</summary>
    /// <param name="section">Has <see cref="FileSourceOptions"/>' members: <c>Path</c>, <c>PollingInterval</c>…</param>
    public ProgressiveDeliveryBuilder FromFile(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddFile(options => options.Bind(section));
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
    public ProgressiveDeliveryBuilder FromSnapshotJson([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return AddSource(new(nameof(FromSnapshotJson), inputs => new InMemorySnapshotSource(json, inputs.Format))
        {
            Check = faults => faults.CheckDocument(_registration, nameof(FromSnapshotJson), json),
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
        return AddHttp(options => options.Configure(configure), inputs => format(inputs.Limits));
    }

    /// <summary>Polls a backend's documents over HTTP, with options of its own. They are checked with all others when the client is made.</summary>
    /// <typeparam name="TOptions">The options' class: what to ask, and with which headers.</typeparam>
    /// <param name="verb">The package's own method, for messages.</param>
    /// <param name="configure">Sets the options: <c>options => options.Bind(section)</c>.</param>
    /// <param name="format">Makes the format of the documents, within the client's limits.</param>
    /// <param name="report">Makes what the backend is told usage by, without I/O; null, or giving null: it does not want to hear of it.</param>
    public ProgressiveDeliveryBuilder FromHttp<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Action<OptionsBuilder<TOptions>> configure, Func<TOptions, SnapshotLimits, ISnapshotFormat> format,
        Func<TOptions, SourceServices, IUsageReporter?>? report = null)
        where TOptions : HttpSourceOptions
    {
        ArgumentException.ThrowIfNullOrEmpty(verb);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(format);
        return AddHttp(verb, configure, (options, inputs) => format(options, inputs.Limits), report is null ? null : (options, inputs) => report(options, new(inputs)));
    }

    /// <summary>Follows a backend's own stream of server-sent events, with options of its own. They are checked with all others when the client is made.</summary>
    /// <typeparam name="TOptions">The options' class: what to ask, and with which headers.</typeparam>
    /// <param name="verb">The package's own method, for messages.</param>
    /// <param name="configure">Sets the options: <c>options => options.Bind(section)</c>.</param>
    /// <param name="format">Makes the format of the documents that events come to, within the client's limits.</param>
    /// <param name="events">Makes what reads the events of one source.</param>
    /// <param name="report">Makes what the backend is told usage by, without I/O; null, or giving null: it does not want to hear of it.</param>
    public ProgressiveDeliveryBuilder FromEventStream<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Action<OptionsBuilder<TOptions>> configure, Func<TOptions, SnapshotLimits, ISnapshotFormat> format, Func<TOptions, IEventTranslator> events,
        Func<TOptions, SourceServices, IUsageReporter?>? report = null)
        where TOptions : StreamSourceOptions
    {
        ArgumentException.ThrowIfNullOrEmpty(verb);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(events);
        return AddStream(
            verb, configure, (options, inputs) => format(options, inputs.Limits), events, report is null ? null : (options, inputs) => report(options, new(inputs)));
    }

    /// <summary>Reads and watches a file of another format.</summary>
    /// <param name="configure">Sets the options; the path at least.</param>
    /// <param name="format">Makes the format, within the client's limits.</param>
    public ProgressiveDeliveryBuilder FromFile(Action<FileSourceOptions> configure, Func<SnapshotLimits, ISnapshotFormat> format)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(format);
        return AddFile(options => options.Configure(configure), inputs => format(inputs.Limits));
    }

    /// <summary>Reads a source of a package's own, with options that are checked with all others when the client is made.</summary>
    /// <typeparam name="TOptions">The options' class; its validators are found where they are registered.</typeparam>
    /// <param name="verb">The package's own method, for messages.</param>
    /// <param name="configure">Sets the options.</param>
    /// <param name="create">Makes the source, without I/O.</param>
    /// <param name="identity">Tells sources of one name apart that may give different rules, such as by a selector; holds no secrets, for it becomes part of a file's name.</param>
    public ProgressiveDeliveryBuilder From<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Action<TOptions> configure, Func<TOptions, SourceServices, ISnapshotSource> create, Func<TOptions, string>? identity = null)
        where TOptions : class
    {
        ArgumentException.ThrowIfNullOrEmpty(verb);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(create);
        return AddSource<TOptions>(
            verb,
            (options, inputs) => create(options, new(inputs)),
            options => identity is null ? "" : Hashed(identity(options)),
            options => options.Configure(configure));
    }

    private ProgressiveDeliveryBuilder AddHttp(Action<OptionsBuilder<HttpSourceOptions>> configure, Func<SourceInputs, ISnapshotFormat>? format = null) =>
        AddHttp(nameof(FromHttp), configure, (_, inputs) => format?.Invoke(inputs) ?? inputs.Format);

    private ProgressiveDeliveryBuilder AddHttp<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Action<OptionsBuilder<TOptions>> configure, Func<TOptions, SourceInputs, ISnapshotFormat> format, Func<TOptions, SourceInputs, IUsageReporter?>? report = null)
        where TOptions : HttpSourceOptions
    {
        AddHttpClient();
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, HttpSourceOptionsValidator<TOptions>>());
        return AddSource<TOptions>(verb, (options, inputs) => CreateHttp(options, format(options, inputs), inputs), Identity, options =>
        {
            options.Configure(http => http.HttpClientName = HttpClientName);
            configure(options);
        }, report);
    }

    private ProgressiveDeliveryBuilder AddStream(Action<OptionsBuilder<StreamSourceOptions>> configure) =>
        AddStream(nameof(FromEventStream), configure, static (_, inputs) => inputs.Format, static _ => new OwnEvents());

    private ProgressiveDeliveryBuilder AddStream<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Action<OptionsBuilder<TOptions>> configure, Func<TOptions, SourceInputs, ISnapshotFormat> format, Func<TOptions, IEventTranslator> events,
        Func<TOptions, SourceInputs, IUsageReporter?>? report = null)
        where TOptions : StreamSourceOptions
    {
        AddHttpClient();
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, StreamSourceOptionsValidator<TOptions>>());
        return AddSource<TOptions>(verb, (options, inputs) => CreateStream(options, format(options, inputs), events(options), inputs), Identity, options =>
        {
            options.Configure(stream => stream.HttpClientName = HttpClientName);
            configure(options);
        }, report);
    }

    private ProgressiveDeliveryBuilder AddFile(Action<OptionsBuilder<FileSourceOptions>> configure, Func<SourceInputs, ISnapshotFormat>? format = null) =>
        AddSource<FileSourceOptions>(nameof(FromFile), (options, inputs) => CreateFile(options, format?.Invoke(inputs) ?? inputs.Format, inputs), static _ => "", configure);

    private void AddHttpClient() =>
        Services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();

    // A query or a key may select the environment, and must not reach a file's name as it is.
    private static string Identity(HttpEndpointOptions http)
    {
        var headers = http.BackendHeaders.Concat(http.Headers).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}");
        var request = string.Join('\n', [http.RulesAddress!.AbsoluteUri, http.Authorization, .. headers]);
        return Hashed(request);
    }

    private static string Hashed(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static HttpSnapshotSource CreateHttp(HttpSourceOptions options, ISnapshotFormat format, SourceInputs inputs) => new(
        options, format, inputs.Services.GetRequiredService<IHttpClientFactory>(), inputs.Clock, Random.Shared);

    private static StreamSnapshotSource CreateStream(StreamSourceOptions options, ISnapshotFormat format, IEventTranslator events, SourceInputs inputs) => new(
        options, format, events, inputs.Services.GetRequiredService<IHttpClientFactory>(), inputs.Clock, Random.Shared);

    private static FileSnapshotSource CreateFile(FileSourceOptions options, ISnapshotFormat format, SourceInputs inputs) => new(
        options, format, new DiskFileSystem(), inputs.Clock, inputs.Keys);

    private ProgressiveDeliveryBuilder AddSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Func<TOptions, SourceInputs, ISnapshotSource> create, Func<TOptions, string> identity, Action<OptionsBuilder<TOptions>> configure,
        Func<TOptions, SourceInputs, IUsageReporter?>? report = null)
        where TOptions : class
    {
        var name = _registration.SourceOptionsName(typeof(TOptions));
        configure(Services.AddOptions<TOptions>(name));
        return AddSource(new(verb, inputs => create(Read(inputs), inputs))
        {
            Options = typeof(TOptions),
            Check = faults => faults.Check<TOptions>(_registration, name),
            Identity = inputs => identity(Read(inputs)),
            Report = report is null ? null : inputs => report(Read(inputs), inputs),
        });

        TOptions Read(SourceInputs inputs) => inputs.Services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
    }

    private ProgressiveDeliveryBuilder AddSource(SourceRegistration source)
    {
        _registration.Sources.Add(source);
        return this;
    }
}
