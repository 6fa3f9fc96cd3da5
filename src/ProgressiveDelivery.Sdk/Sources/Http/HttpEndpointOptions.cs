using Microsoft.Extensions.Options;
using Polly;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>How an address is reached over HTTP, whether it is polled or streamed.</summary>
public abstract class HttpEndpointOptions
{
    /// <summary>Sets the defaults.</summary>
    protected HttpEndpointOptions()
    {
    }

    /// <summary>The snapshot's full address, <c>http</c> or <c>https</c>, without credentials in it. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// The named client of <see cref="IHttpClientFactory"/> that requests go through: the place for a proxy, certificates or
    /// handlers of your own. <c>ProgressiveDelivery.Sdk</c> by default.
    /// </summary>
    public string HttpClientName { get; set; } = "ProgressiveDelivery.Sdk";

    /// <summary>The <c>Authorization</c> header's value, such as <c>Bearer …</c>; null by default: none. Never logged.</summary>
    public string? Authorization { get; set; }

    /// <summary>Further request headers by name; none by default. Their values are never logged.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How long one attempt may take until the response's headers are there, connecting included; 10 seconds by default, an
    /// hour at most.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body, or event of a stream, that is taken, in bytes, as sent and decompressed alike; 64 MiB by default.</summary>
    public int MaximumBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// The HTTP status codes, 400 to 599, after which this source is never read again in this process; none by default, since a
    /// revoked key may be restored. Whatever else there is goes on: other sources, and the rules in force.
    /// </summary>
    public ISet<int> StopOnStatus { get; } = new HashSet<int>();

    /// <summary>The address that is asked; <see cref="Address"/>, unless a backend's own options make another of it. Only <see cref="Address"/> is shown to people.</summary>
    protected internal virtual Uri? Endpoint => Address;

    /// <summary>The address that tells kept files apart; <see cref="Endpoint"/>, unless that has more in it than which rules are wanted.</summary>
    protected internal virtual Uri? RulesAddress => Endpoint;

    /// <summary>The headers that a backend's own options send; <see cref="Authorization"/> and <see cref="Headers"/> take their place where they have the same names. None by default.</summary>
    protected internal virtual IEnumerable<KeyValuePair<string, string>> BackendHeaders => [];

    /// <summary>Further such headers, which say who asks and how, and not which rules it wants, and so do not tell kept files apart. None by default.</summary>
    protected internal virtual IEnumerable<KeyValuePair<string, string>> InstanceHeaders => [];

    /// <summary>What the user makes attempts go through; null: what the kind of source does by default.</summary>
    internal Action<ResiliencePipelineBuilder>? Resilience { get; private set; }

    /// <summary>The address for people, without what may be secret in it.</summary>
    internal string DisplayName => Address!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>
    /// Replaces how attempts are repeated: of one poll, or of one connection of a stream. By default a poll is tried again twice
    /// after a fault of the network, a 408 or a 5xx, after about half a second and one second, unless the backend sent
    /// <c>Retry-After</c>; a connection is tried once, and then again after the client's own pauses, which grow. An attempt that
    /// fails throws a <see cref="SnapshotSourceException"/>. A strategy that gives up, throws, never calls the attempt or swallows
    /// what came of it costs one turn; and so does one that does not end: the turn is over after ten minutes, or four times what an attempt may
    /// take where that is longer.
    /// </summary>
    /// <param name="configure">Adds the strategies; none added means one attempt. The builder's clock is set already.</param>
    public void UseResilience(Action<ResiliencePipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Resilience = configure;
    }
    /// <summary>Finds what is wrong with a backend's own options; never shows a secret.</summary>
    /// <param name="errors">Collects it.</param>
    protected internal virtual void Validate(ValidateOptionsResultBuilder errors)
    {
    }

    /// <summary>Tells that an option is missing, or cannot be sent: it must be printable ASCII.</summary>
    /// <param name="errors">Collects it.</param>
    /// <param name="value">The option's value; never shown.</param>
    /// <param name="property">The option's name.</param>
    /// <param name="wanted">What to give: <c>the SDK key of the environment</c>.</param>
    protected static void Require(ValidateOptionsResultBuilder errors, string? value, string property, string wanted)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (string.IsNullOrWhiteSpace(value))
            errors.AddError($"it is missing; give {wanted}.", property);
        else if (!RequestHeaders.IsValue(value))
            errors.AddError("it holds a character that a header cannot hold; give printable ASCII.", property);
    }

    /// <summary>Tells that a further address, which may be left out, is none that can be asked.</summary>
    /// <param name="errors">Collects it.</param>
    /// <param name="address">The address; null: it is left out.</param>
    /// <param name="property">The option's name.</param>
    protected static void CheckAddress(ValidateOptionsResultBuilder errors, Uri? address, string property)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (address is not null && HttpEndpointValidation.AddressFault(address) is { } fault)
            errors.AddError(fault, property);
    }

    /// <summary>An address below another one, whose path and query stay.</summary>
    /// <param name="address">The other one.</param>
    /// <param name="path">The path below it, escaped where it has to be.</param>
    /// <param name="query">Further parameters of the query; those that are null are left out.</param>
    protected static Uri Below(Uri address, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(path);
        var url = new UriBuilder(address);
        url.Path = $"{url.Path.TrimEnd('/')}/{path}";
        foreach (var (name, value) in query)
        {
            if (value is not null)
                url.Query = $"{url.Query}{(url.Query.Length > 1 ? "&" : "")}{name}={Uri.EscapeDataString(value)}";
        }

        return url.Uri;
    }
}
