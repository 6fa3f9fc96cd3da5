using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// How features are polled from an Unleash server or Unleash Edge. <see cref="HttpEndpointOptions.Address"/> is the server's, with or without
/// <c>/api</c> at its end; polls go out every 15 seconds by default.
/// </summary>
public sealed class UnleashSourceOptions : HttpSourceOptions
{
    // From 4.2.0 on, the server sends segments for themselves.
    internal const string SpecificationVersion = "5.2.0";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    internal static readonly string SdkVersion = $"unleash-progressivedelivery-sdk:{typeof(UnleashSourceOptions).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>Sets the defaults.</summary>
    public UnleashSourceOptions() => PollingInterval = Interval;

    /// <summary>A backend token, <c>project:environment.secret</c>, which says which features are seen. Required. Never logged.</summary>
    public string? Token { get; set; }

    /// <summary>The application's name, under which the server lists it. The program's by default.</summary>
    public string AppName { get; set; } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>This instance's name, under which the server lists it. The machine's by default.</summary>
    public string InstanceId { get; set; } = Environment.MachineName;

    /// <summary>Only features of this project; null by default: of all that the token sees.</summary>
    public string? Project { get; set; }

    /// <summary>Only features whose names start so; null by default: all.</summary>
    public string? NamePrefix { get; set; }

    /// <summary>What stands for Unleash's context. By default what <see cref="UnleashContextMapping"/> says.</summary>
    public UnleashContextMapping Context { get; set; } = new();

    /// <summary>
    /// Whether the server is told that this application is there, and every <see cref="ProgressiveDeliveryOptions.UsageInterval"/> how often each
    /// feature was on and off and served which variant; true by default.
    /// </summary>
    public bool ReportsUsage { get; set; } = true;

    /// <inheritdoc/>
    protected override Uri? Endpoint =>
        Address is { IsAbsoluteUri: true } ? Below(ApiAddress, "client/features", ("project", Project), ("namePrefix", NamePrefix)) : null;

    /// <summary>The address of the server's API.</summary>
    internal Uri ApiAddress => Address!.AbsolutePath.TrimEnd('/').EndsWith("/api", StringComparison.Ordinal) ? Address : Below(Address, "api");

    /// <summary>This client's own name among those of the instance.</summary>
    internal string ConnectionId { get; } = Guid.NewGuid().ToString();

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> BackendHeaders =>
        [new("Authorization", Token!)];

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> InstanceHeaders =>
    [
        new("Unleash-Client-Spec", SpecificationVersion),
        new("Unleash-AppName", Printable(AppName)),
        new("Unleash-InstanceId", Printable(InstanceId)),
        new("Unleash-Connection-Id", ConnectionId),
        new("Unleash-Sdk", SdkVersion),
        new("Unleash-Interval", PollingInterval.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    protected override void Validate(ValidateOptionsResultBuilder errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Require(errors, Token, nameof(Token), "a backend token, such as default:production.…");
        if (string.IsNullOrWhiteSpace(AppName))
            errors.AddError("it is missing; give the application's name.", nameof(AppName));
        if (string.IsNullOrWhiteSpace(InstanceId))
            errors.AddError("it is missing; give the instance's name.", nameof(InstanceId));
        if (Context is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(Context));
    }

    /// <summary>An address below the API's.</summary>
    internal Uri ApiAddressOf(string path) => Below(ApiAddress, path);

    // Names of machines and programs may have any character, and headers not.
    private static string Printable(string name) => string.Concat(name.Select(character => character is < ' ' or > '~' ? '?' : character));
}
