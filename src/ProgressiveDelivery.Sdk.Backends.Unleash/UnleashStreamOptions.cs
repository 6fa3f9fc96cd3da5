using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// How features are streamed from Unleash Enterprise or Unleash Edge; the open-source server has no stream. <see cref="HttpEndpointOptions.Address"/> is
/// the server's, with or without <c>/api</c> at its end; a stream that is silent for a minute, comments included, counts as dead.
/// </summary>
public sealed class UnleashStreamOptions : StreamSourceOptions, IUnleashOptions
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private readonly string _connectionId = Guid.NewGuid().ToString();

    /// <summary>Sets the defaults.</summary>
    public UnleashStreamOptions() => HeartbeatTimeout = LongestSilence;

    /// <summary>A backend token, <c>project:environment.secret</c>, which says which features are seen. Required. Never logged.</summary>
    public string? Token { get; set; }

    /// <summary>The application's name, under which the server lists it. The program's by default.</summary>
    public string AppName { get; set; } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>This instance's name, under which the server lists it. The machine's by default.</summary>
    public string InstanceId { get; set; } = Environment.MachineName;

    /// <summary>What stands for Unleash's context. By default what <see cref="UnleashContextMapping"/> says.</summary>
    public UnleashContextMapping Context { get; set; } = new();

    /// <summary>
    /// Whether the server is told that this application is there, and every <see cref="ProgressiveDeliveryOptions.UsageInterval"/> how often each
    /// feature was on and off and served which variant; true by default.
    /// </summary>
    public bool ReportsUsage { get; set; } = true;

    string IUnleashOptions.ConnectionId => _connectionId;

    /// <inheritdoc/>
    protected override Uri? Endpoint => Address is { IsAbsoluteUri: true } address ? Below(address, UnleashProtocol.PathBelow(address, "client/streaming")) : null;

    /// <inheritdoc/>
    protected override bool CommentsAreHeartbeats => true;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> BackendHeaders => [new("Authorization", Token!)];

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> InstanceHeaders => UnleashProtocol.HeadersOf(this);

    /// <inheritdoc/>
    protected override void Validate(ValidateOptionsResultBuilder errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Require(errors, Token, nameof(Token), "a backend token, such as default:production.…");
        UnleashProtocol.Validate(this, errors);
    }

    Uri IUnleashOptions.ApiAddressOf(string path) => Below(Address!, UnleashProtocol.PathBelow(Address!, path));
}
