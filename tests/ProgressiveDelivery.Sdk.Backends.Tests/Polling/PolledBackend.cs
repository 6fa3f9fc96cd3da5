using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Polling;

/// <summary>A backend that is polled: how it is registered, what it asks, and what it is sent.</summary>
public sealed record PolledBackend
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public required string Name { get; init; }

    /// <summary>Registers it by its one line, with an address and a key.</summary>
    public required Action<ProgressiveDeliveryBuilder, Action<HttpSourceOptions>> Register { get; init; }

    /// <summary>Registers it with members of a configuration section.</summary>
    public required Action<ProgressiveDeliveryBuilder, Microsoft.Extensions.Configuration.IConfiguration> Bind { get; init; }

    /// <summary>The name of the option that is the key.</summary>
    public required string KeyOption { get; init; }

    /// <summary>Whether the backend is told usage.</summary>
    public bool Reports => Name is "Unleash" or "LaunchDarkly";

    /// <summary>What is asked below the address.</summary>
    public required string Target { get; init; }

    /// <summary>Headers that must be sent, with their values; null: any.</summary>
    public IReadOnlyDictionary<string, string?> Headers { get; init; } = new Dictionary<string, string?>();

    /// <summary>A document of the backend whose flag <c>f</c> is on or off.</summary>
    public required Func<bool, string> Document { get; init; }

    public static IReadOnlyList<PolledBackend> All { get; } =
    [
        new()
        {
            Name = "Unleash",
            Register = (flags, http) => flags.FromUnleash(options => Set(options, http, () => (options.Token, options.ReportsUsage) = (Key, false))),
            Bind = (flags, section) => flags.FromUnleash(section),
            KeyOption = nameof(UnleashSourceOptions.Token),
            Target = "/base/api/client/features",
            Headers = new Dictionary<string, string?> { ["Authorization"] = Key, ["Unleash-Client-Spec"] = "5.2.0", ["Unleash-AppName"] = null, ["Unleash-InstanceId"] = null, ["Unleash-Connection-Id"] = null, ["Unleash-Interval"] = "1000" },
            Document = on => $$"""{"version":2,"features":[{"name":"f","type":"release","enabled":{{Json(on)}},"strategies":[{"name":"default","parameters":{} }]}],"segments":[]}""",
        },
        new()
        {
            Name = "LaunchDarkly",
            Register = (flags, http) => flags.FromLaunchDarkly(options => Set(options, http, () => (options.SdkKey, options.ReportsUsage) = (Key, false))),
            Bind = (flags, section) => flags.FromLaunchDarkly(section),
            KeyOption = nameof(LaunchDarklySourceOptions.SdkKey),
            Target = "/base/sdk/latest-all",
            Headers = new Dictionary<string, string?> { ["Authorization"] = Key, ["X-LaunchDarkly-Instance-Id"] = null },
            Document = on => $$"""{"flags":{"f":{"key":"f","version":1,"on":{{Json(on)}},"salt":"s","variations":[true,false],"offVariation":1,"fallthrough":{"variation":0} } },"segments":{} }""",
        },
        new()
        {
            Name = "ConfigCat",
            Register = (flags, http) => flags.FromConfigCat(options => Set(options, http, () => options.SdkKey = Key)),
            Bind = (flags, section) => flags.FromConfigCat(section),
            KeyOption = nameof(ConfigCatSourceOptions.SdkKey),
            Target = $"/base/configuration-files/{Key}/config_v6.json",
            Headers = new Dictionary<string, string?> { ["X-ConfigCat-UserAgent"] = null },
            Document = on => $$$"""{"p":{"u":"https://cdn-global.configcat.com","r":0,"s":"c2FsdA=="},"f":{"f":{"t":0,"v":{"b":{{{Json(on)}}} } } } }""",
        },
        new()
        {
            Name = "GrowthBook",
            Register = (flags, http) => flags.FromGrowthBook(options => Set(options, http, () => options.ClientKey = Key)),
            Bind = (flags, section) => flags.FromGrowthBook(section),
            KeyOption = nameof(GrowthBookSourceOptions.ClientKey),
            Target = $"/base/api/features/{Key}",
            Document = on => $$"""{"status":200,"dateUpdated":"2026-01-01T00:00:00Z","features":{"f":{"defaultValue":{{Json(on)}} } } }""",
        },
        new()
        {
            Name = "Eppo",
            Register = (flags, http) => flags.FromEppo(options => Set(options, http, () => options.SdkKey = Key)),
            Bind = (flags, section) => flags.FromEppo(section),
            KeyOption = nameof(EppoSourceOptions.SdkKey),
            Target = $"/base/flag-config/v1/config?apiKey={Key}&sdkName=dotnet-progressivedelivery&sdkVersion=0.1.0",
            Document = on => $$"""
                {"createdAt":"2026-01-01T00:00:00Z","format":"SERVER","environment":{"name":"Test"},"flags":{"f":{"key":"f","enabled":true,"variationType":"BOOLEAN",
                "variations":{"on":{"key":"on","value":true},"off":{"key":"off","value":false} },
                "allocations":[{"key":"all","splits":[{"variationKey":"{{(on ? "on" : "off")}}","shards":[]}],"doLog":false}],"totalShards":10000} } }
                """,
        },
    ];

    /// <summary>The key that <see cref="Register"/> gives.</summary>
    public const string Key = "key-of-the-test";

    public override string ToString() => Name;

    private static string Json(bool value) => value ? "true" : "false";

    private static void Set(HttpSourceOptions options, Action<HttpSourceOptions> http, Action setKey)
    {
        options.PollingInterval = Interval;
        setKey();
        http(options);
    }
}
