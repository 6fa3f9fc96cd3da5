using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// Says what one client is made of. It needs a source (<c>From…</c>); all else is optional. The first source is preferred, each
/// further one is its failover, in order. What is wrong is told when the client is first resolved or the host starts, all of it in
/// one <see cref="OptionsValidationException"/>.
/// </summary>
public sealed partial class ProgressiveDeliveryBuilder
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

    /// <summary>
    /// Tells a reporter of your own, every <see cref="ProgressiveDeliveryOptions.UsageInterval"/> and when the client ends, how often each
    /// flag served which variant. Evaluations count for it, which costs a few nanoseconds and no memory; they never wait.
    /// </summary>
    /// <param name="create">Makes or resolves the reporter, without I/O. The client does not dispose it.</param>
    public ProgressiveDeliveryBuilder ReportUsageTo(Func<IServiceProvider, IUsageReporter> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _registration.Reporters.Add(create);
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
}
