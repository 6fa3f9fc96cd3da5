using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// Says what one client is made of. It needs a source (<c>From…</c>); all else is optional. The first source is preferred, each
/// further one is its failover, in order. What is wrong is told when the client is first resolved or the host starts, all of it in
/// one <see cref="OptionsValidationException"/>.
/// </summary>
public sealed class ProgressiveDeliveryBuilder
{
    private readonly ClientRegistration _registration;

    internal ProgressiveDeliveryBuilder(IServiceCollection services, ClientRegistration registration) =>
        (Services, _registration) = (services, registration);

    /// <summary>The services that the client is registered with.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The client's name: the key that it is injected by; null for the client without one.</summary>
    public string? Name => _registration.Key;

    /// <summary>
    /// The name of the client's own HTTP client at <see cref="IHttpClientFactory"/>: <c>ProgressiveDelivery.Sdk</c>, and for a named
    /// client <c>ProgressiveDelivery.Sdk:name</c>.
    /// </summary>
    public string HttpClientName => _registration.HttpClientName;

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

    /// <summary>
    /// Starts from a snapshot file shipped with the application until the source has been read. It is in the source's format, read
    /// once at start, and passed by when the last-known-good file has the same version or a higher one.
    /// </summary>
    /// <param name="path">The file; a relative path starts at the application's folder (<see cref="AppContext.BaseDirectory"/>).</param>
    public ProgressiveDeliveryBuilder FallBackToFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _registration.BundledFile = path;
        return this;
    }

    /// <summary>
    /// Keeps the last snapshots accepted from the source on disk, so that a restart without the backend has rules. Off unless asked for:
    /// rules may name people, and a container's disk is often read-only or gone at the restart. A folder that cannot be written
    /// costs one warning. Processes may share a folder: the files are named after the client and its source, of an HTTP source by a hash
    /// of address, credentials and headers, so that no environment starts from the rules of another.
    /// </summary>
    /// <param name="folder">The folder, made where missing; a relative path starts at the current folder.</param>
    /// <param name="generations">How many are kept, 1 to 100; 3 by default. The newest that is sound is started from, so that one that is damaged costs no more than its changes.</param>
    public ProgressiveDeliveryBuilder KeepLastKnownGoodIn(string folder, int generations = 3)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_registration.LastKnownGoodFolder, _registration.Generations) = (folder, generations);
        return this;
    }

    /// <summary>
    /// Believes only what one of these keys signed: snapshots, patches and kills, from the network, a file, or the last-known-good
    /// folder. Off by default. What is in force stays when something else comes.
    /// </summary>
    /// <param name="configure">Adds the public keys: <c>keys => keys.Add("2026-a", pem)</c>.</param>
    public ProgressiveDeliveryBuilder TrustKeys(Action<SignatureOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _registration.TrustsKeys = true;
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Believes only what one of these keys signed, with keys from configuration, read once.</summary>
    /// <param name="section">Has <see cref="SignatureOptions"/>' member: <c>Keys</c>, an object of ids and public keys.</param>
    public ProgressiveDeliveryBuilder TrustKeys(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _registration.TrustsKeys = true;
        Services.AddOptions<SignatureOptions>(_registration.OptionsName).Bind(section);
        return this;
    }

    /// <summary>Keeps sticky assignments in a store of your own, made by the container as a singleton unless registered otherwise. By default they are kept in memory.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    public ProgressiveDeliveryBuilder StoreAssignmentsIn<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IAssignmentStore
    {
        Services.TryAddSingleton<TStore>();
        _registration.Assignments = static services => services.GetRequiredService<TStore>();
        return this;
    }

    /// <summary>Keeps sticky assignments in a store of your own. By default they are kept in memory.</summary>
    /// <param name="store">The store; not disposed with the client.</param>
    public ProgressiveDeliveryBuilder StoreAssignmentsIn(IAssignmentStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _registration.Assignments = _ => store;
        return this;
    }

    /// <summary>Sets how the client behaves.</summary>
    /// <param name="configure">Sets the options.</param>
    public ProgressiveDeliveryBuilder Configure(Action<ProgressiveDeliveryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Sets how the client behaves from configuration, read once.</summary>
    /// <param name="section">Has <see cref="ProgressiveDeliveryOptions"/>' members: <c>InitialisationTimeout</c>, <c>FailFast</c>…</param>
    public ProgressiveDeliveryBuilder Configure(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<ProgressiveDeliveryOptions>(_registration.OptionsName).Bind(section);
        return this;
    }

    /// <summary>Sets when the client leaves one of its sources for the next, and when it returns.</summary>
    /// <param name="configure">Sets the options.</param>
    public ProgressiveDeliveryBuilder Failover(Action<FailoverOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Sets when the client leaves one of its sources for the next, and when it returns, from configuration, read once.</summary>
    /// <param name="section">Has <see cref="FailoverOptions"/>' members: <c>DemoteAfter</c>, <c>RetryPreferredAfter</c>…</param>
    public ProgressiveDeliveryBuilder Failover(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<FailoverOptions>(_registration.OptionsName).Bind(section);
        return this;
    }

    /// <summary>
    /// Sets up the client's own HTTP client: proxy, certificates, handlers, the factory's loggers (left out by default: the refresh
    /// loop reports what matters). It has no timeout of its own; those of <see cref="HttpSourceOptions"/> and <see cref="StreamSourceOptions"/> hold.
    /// </summary>
    /// <param name="configure">Is given the builder of <see cref="HttpClientName"/>.</param>
    public ProgressiveDeliveryBuilder ConfigureHttpClient(Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Services.AddHttpClient(HttpClientName));
        return this;
    }

    private ProgressiveDeliveryBuilder AddHttp(Action<OptionsBuilder<HttpSourceOptions>> configure)
    {
        AddHttpClient();
        return AddSource<HttpSourceOptions>(nameof(FromHttp), CreateHttp, Identity, options =>
        {
            options.Configure(http => http.HttpClientName = HttpClientName);
            configure(options);
        });
    }

    private ProgressiveDeliveryBuilder AddStream(Action<OptionsBuilder<StreamSourceOptions>> configure)
    {
        AddHttpClient();
        return AddSource<StreamSourceOptions>(nameof(FromEventStream), CreateStream, Identity, options =>
        {
            options.Configure(stream => stream.HttpClientName = HttpClientName);
            configure(options);
        });
    }

    private ProgressiveDeliveryBuilder AddFile(Action<OptionsBuilder<FileSourceOptions>> configure) =>
        AddSource<FileSourceOptions>(nameof(FromFile), CreateFile, static _ => "", configure);

    private void AddHttpClient() =>
        Services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();

    // A query or a key may select the environment, and must not reach a file's name as it is.
    private static string Identity(HttpEndpointOptions http)
    {
        var headers = http.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}");
        var request = string.Join('\n', [http.Address!.AbsoluteUri, http.Authorization, .. headers]);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
    }

    private static HttpSnapshotSource CreateHttp(HttpSourceOptions options, SourceInputs inputs) => new(
        options, inputs.Format, inputs.Services.GetRequiredService<IHttpClientFactory>(), inputs.Clock, Random.Shared);

    private static StreamSnapshotSource CreateStream(StreamSourceOptions options, SourceInputs inputs) => new(
        options, inputs.Format, inputs.Services.GetRequiredService<IHttpClientFactory>(), inputs.Clock, Random.Shared);

    private static FileSnapshotSource CreateFile(FileSourceOptions options, SourceInputs inputs) => new(
        options, inputs.Format, new DiskFileSystem(), inputs.Clock, inputs.Keys);

    private ProgressiveDeliveryBuilder AddSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string verb, Func<TOptions, SourceInputs, ISnapshotSource> create, Func<TOptions, string> identity, Action<OptionsBuilder<TOptions>> configure)
        where TOptions : class
    {
        var name = _registration.SourceOptionsName(typeof(TOptions));
        configure(Services.AddOptions<TOptions>(name));
        return AddSource(new(verb, inputs => create(Read(inputs), inputs))
        {
            Options = typeof(TOptions),
            Check = faults => faults.Check<TOptions>(_registration, name),
            Identity = inputs => identity(Read(inputs)),
        });

        TOptions Read(SourceInputs inputs) => inputs.Services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
    }

    private ProgressiveDeliveryBuilder AddSource(SourceRegistration source)
    {
        _registration.Sources.Add(source);
        return this;
    }
}
