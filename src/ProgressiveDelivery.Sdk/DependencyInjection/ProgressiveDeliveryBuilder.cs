using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// Configures one client. It needs a source (<c>From…</c>); all else is optional. The first source is preferred; each further one
/// is its failover, in order. All errors are reported in one <see cref="OptionsValidationException"/>, when the client is first
/// resolved or the host starts.
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
    /// once at start, and skipped if the last-known-good file has the same version or a higher one.
    /// </summary>
    /// <param name="path">The file; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>.</param>
    public ProgressiveDeliveryBuilder FallBackToFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _registration.BundledFile = path;
        return this;
    }

    /// <summary>
    /// Starts from a document that the application holds, such as one that came with its page, until the source has been read. It is in the first source's format, and in
    /// force as soon as there is a client, which then starts to read its source. A document that is rejected is logged, and the client starts without it.
    /// </summary>
    /// <param name="document">The document's text.</param>
    public ProgressiveDeliveryBuilder FallBackToDocument([StringSyntax(StringSyntaxAttribute.Json)] string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        _registration.BundledDocument = document;
        return this;
    }

    /// <summary>
    /// Keeps the last snapshots accepted from the source on disk, so that a restart without the backend has rules. Off by default:
    /// rules may name people, and a container's disk is often read-only or gone at the restart. A folder that cannot be written
    /// costs one warning. Processes may share a folder: the files are named after the client and its source. For an HTTP source the name
    /// holds a hash of address, credentials and headers, so that no environment starts from the rules of another.
    /// </summary>
    /// <param name="folder">The folder, made where missing; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>.</param>
    /// <param name="generations">The number kept, 1 to 100; 3 by default. A start uses the newest sound one: a damaged one costs only its changes.</param>
    public ProgressiveDeliveryBuilder KeepLastKnownGoodIn(string folder, int generations = 3)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_registration.LastKnownGoodFolder, _registration.Generations) = (folder, generations);
        return this;
    }

    /// <summary>
    /// Accepts only snapshots, patches and kills that one of these keys signed, from the network, a file, or the last-known-good
    /// folder. Off by default. When anything else arrives, the rules in force stay.
    /// </summary>
    /// <param name="configure">Adds the public keys: <c>keys => keys.Add("2026-a", pem)</c>.</param>
    public ProgressiveDeliveryBuilder TrustKeys(Action<SignatureOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _registration.TrustsKeys = true;
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Accepts only what one of these keys signed, with keys from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="SignatureOptions"/>' member: <c>Keys</c>, an object of ids and public keys.</param>
    public ProgressiveDeliveryBuilder TrustKeys(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _registration.TrustsKeys = true;
        Services.AddOptions<SignatureOptions>(_registration.OptionsName).BindOnce(section, static (from, keys) => from.Bind(keys));
        return this;
    }

    /// <summary>
    /// Reports to a reporter of your own, every <see cref="ProgressiveDeliveryOptions.UsageInterval"/> and when the client ends, how often
    /// each flag served each variant. Counting costs an evaluation a few nanoseconds and no memory; evaluations never wait.
    /// </summary>
    /// <param name="create">Makes or resolves the reporter, without I/O. The client does not dispose it.</param>
    public ProgressiveDeliveryBuilder ReportUsageTo(Func<IServiceProvider, IUsageReporter> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _registration.Reporters.Add(create);
        return this;
    }

    /// <summary>
    /// Counts evaluations by flag, variant and reason, for the instrument <c>progressive_delivery.evaluations</c>. Off by default. It costs an evaluation a few
    /// nanoseconds and no allocation, whether a listener is attached or not; and up to 616 bytes for a flag of two variants and a processor, of which up to
    /// eight count apart.
    /// </summary>
    public ProgressiveDeliveryBuilder CountEvaluations()
    {
        _registration.CountsEvaluations = true;
        return this;
    }

    /// <summary>Sets how exposures are recorded for the sinks of events: the attributes they hold, and when a unit is recorded again.</summary>
    /// <param name="configure">Sets the options.</param>
    public ProgressiveDeliveryBuilder RecordExposures(Action<ExposureOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Sets how exposures are recorded for the sinks of events, from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="ExposureOptions"/>' members: <c>Attributes</c>, <c>RepeatAfter</c>…</param>
    public ProgressiveDeliveryBuilder RecordExposures(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<ExposureOptions>(_registration.OptionsName).BindOnce(section, static (from, exposures) => from.Bind(exposures));
        return this;
    }

    /// <summary>
    /// Logs evaluations as <c>feature_flag.evaluation</c> events of the OpenTelemetry semantic conventions: <c>ILogger</c> records of level Information in the
    /// category <c>ProgressiveDelivery.Sdk.Evaluations</c>, whose event name and attributes are the convention's. Off by default. An event that is not
    /// logged costs a few nanoseconds, one that is logged allocates its record. Every evaluation is logged, without value and context id.
    /// </summary>
    public ProgressiveDeliveryBuilder EmitEvaluationEvents() => EmitEvaluationEvents(static _ => { });

    /// <summary>Logs evaluations as <c>feature_flag.evaluation</c> events of the OpenTelemetry semantic conventions; see <see cref="EmitEvaluationEvents()"/>.</summary>
    /// <param name="configure">Chooses flags, a sample, and whether value and context id are included.</param>
    public ProgressiveDeliveryBuilder EmitEvaluationEvents(Action<EvaluationEventOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _registration.EmitsEvaluationEvents = true;
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Logs evaluations as <c>feature_flag.evaluation</c> events, chosen by configuration, which is read once.</summary>
    /// <param name="section">The section with <see cref="EvaluationEventOptions"/>' members: <c>Flags</c>, <c>SampleRate</c>…</param>
    public ProgressiveDeliveryBuilder EmitEvaluationEvents(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _registration.EmitsEvaluationEvents = true;
        Services.AddOptions<EvaluationEventOptions>(_registration.OptionsName).BindOnce(section, static (from, events) => from.Bind(events));
        return this;
    }

    /// <summary>Sets the client's options.</summary>
    /// <param name="configure">Sets the options.</param>
    public ProgressiveDeliveryBuilder Configure(Action<ProgressiveDeliveryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Sets the client's options from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="ProgressiveDeliveryOptions"/>' members: <c>InitializationTimeout</c>, <c>FailFast</c>…</param>
    public ProgressiveDeliveryBuilder Configure(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<ProgressiveDeliveryOptions>(_registration.OptionsName).BindOnce(section, static (from, options) => from.Bind(options));
        return this;
    }

    /// <summary>Sets when the client fails over from one source to the next, and when it returns.</summary>
    /// <param name="configure">Sets the options.</param>
    public ProgressiveDeliveryBuilder Failover(Action<FailoverOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Sets when the client fails over from one source to the next, and when it returns, from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="FailoverOptions"/>' members: <c>DemoteAfter</c>, <c>RetryPreferredAfter</c>…</param>
    public ProgressiveDeliveryBuilder Failover(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<FailoverOptions>(_registration.OptionsName).BindOnce(section, static (from, failover) => from.Bind(failover));
        return this;
    }

    /// <summary>
    /// Sets up the client's own HTTP client: proxy, certificates, handlers, the factory's loggers (left out by default: the refresh
    /// loop reports what matters). The library follows redirects itself and keeps no cookies; see <see cref="HttpEndpointOptions.HttpClientName"/>. It has no timeout of its own; those of <see cref="HttpSourceOptions"/> and <see cref="StreamSourceOptions"/> hold.
    /// </summary>
    /// <param name="configure">Configures the builder of <see cref="HttpClientName"/>.</param>
    public ProgressiveDeliveryBuilder ConfigureHttpClient(Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Services.AddHttpClient(HttpClientName));
        return this;
    }
}
