using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>The paths and headers of requests to an Unleash server.</summary>
internal static class UnleashProtocol
{
    // From 4.2.0 on, the server sends segments separately.
    public const string SpecificationVersion = "5.2.0";

    public static readonly string SdkVersion = $"unleash-progressivedelivery-sdk:{typeof(UnleashProtocol).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>Returns an address of the API below the server's address, which may be that of the API itself.</summary>
    public static Uri AddressOf(UnleashSourceOptions options, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = options.Address!;
        return HttpBackend.Below(address, address.AbsolutePath.TrimEnd('/').EndsWith("/api", StringComparison.Ordinal) ? path : $"api/{path}", query);
    }

    /// <summary>Returns the headers that identify the client.</summary>
    public static IEnumerable<KeyValuePair<string, string>> HeadersOf(UnleashSourceOptions options) =>
    [
        new("Unleash-Client-Spec", SpecificationVersion),
        new("Unleash-AppName", Printable(options.AppName)),
        new("Unleash-InstanceId", Printable(options.InstanceId)),
        new("Unleash-Connection-Id", options.ConnectionId),
        new("Unleash-Sdk", SdkVersion),
    ];

    // Names of machines and programs may have any character; headers may not.
    private static string Printable(string name) => string.Concat(name.Select(character => character is < ' ' or > '~' ? '?' : character));
}
