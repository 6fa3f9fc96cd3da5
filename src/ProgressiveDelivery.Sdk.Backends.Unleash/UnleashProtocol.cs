using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>What an Unleash server is told with each request.</summary>
internal static class UnleashProtocol
{
    // From 4.2.0 on, the server sends segments for themselves.
    public const string SpecificationVersion = "5.2.0";

    public static readonly string SdkVersion = $"unleash-progressivedelivery-sdk:{typeof(UnleashProtocol).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>A path of the API below the server's address, which may be that of the API itself.</summary>
    public static string PathBelow(Uri address, string path) => address.AbsolutePath.TrimEnd('/').EndsWith("/api", StringComparison.Ordinal) ? path : $"api/{path}";

    /// <summary>The headers that say who asks.</summary>
    public static IEnumerable<KeyValuePair<string, string>> HeadersOf(IUnleashOptions options) =>
    [
        new("Unleash-Client-Spec", SpecificationVersion),
        new("Unleash-AppName", Printable(options.AppName)),
        new("Unleash-InstanceId", Printable(options.InstanceId)),
        new("Unleash-Connection-Id", options.ConnectionId),
        new("Unleash-Sdk", SdkVersion),
    ];

    /// <summary>Finds what is wrong with them.</summary>
    public static void Validate(IUnleashOptions options, ValidateOptionsResultBuilder errors)
    {
        if (string.IsNullOrWhiteSpace(options.AppName))
            errors.AddError("it is missing; give the application's name.", nameof(options.AppName));
        if (string.IsNullOrWhiteSpace(options.InstanceId))
            errors.AddError("it is missing; give the instance's name.", nameof(options.InstanceId));
        if (options.Context is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(options.Context));
    }

    // Names of machines and programs may have any character, and headers not.
    private static string Printable(string name) => string.Concat(name.Select(character => character is < ' ' or > '~' ? '?' : character));
}
