using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Registers the application with an Unleash server, and reports how often each feature was on, was off, and served each variant.</summary>
internal sealed class UnleashUsageReporter(UnleashSourceOptions options, HttpReportSender sender, TimeSpan interval, DateTimeOffset started) : IUsageReporter
{
    // The server's built-in strategies that StrategyReader reads.
    private static readonly string[] Strategies =
        ["default", "userWithId", "flexibleRollout", "gradualRolloutUserId", "gradualRolloutSessionId", "gradualRolloutRandom", "remoteAddress", "applicationHostname"];

    public string Name => UnleashProtocol.AddressOf(options, "client/metrics").GetLeftPart(UriPartial.Path);

    public ValueTask AnnounceAsync(CancellationToken cancellationToken) => SendAsync("client/register", WriteRegistration, cancellationToken);

    public ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken) =>
        SendAsync("client/metrics", json => WriteMetrics(json, report), cancellationToken);

    private async ValueTask SendAsync(string path, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            WriteInstance(json);
            write(json);
            json.WriteEndObject();
        }

        await sender.SendAsync(UnleashProtocol.AddressOf(options, path), body.WrittenMemory, [], cancellationToken).ConfigureAwait(false);
    }

    private void WriteInstance(Utf8JsonWriter json)
    {
        json.WriteString("appName", options.AppName);
        json.WriteString("instanceId", options.InstanceId);
        json.WriteString("connectionId", options.ConnectionId);
        json.WriteString("sdkVersion", UnleashProtocol.SdkVersion);
        json.WriteString("platformName", ".NET");
        json.WriteString("platformVersion", RuntimeInformation.FrameworkDescription);
        json.WriteNull("yggdrasilVersion");
        json.WriteString("specVersion", UnleashProtocol.SpecificationVersion);
    }

    private void WriteRegistration(Utf8JsonWriter json)
    {
        json.WriteString("started", started);
        json.WriteNumber("interval", (long)interval.TotalMilliseconds);
        json.WriteStartArray("strategies");
        foreach (var strategy in Strategies)
            json.WriteStringValue(strategy);
        json.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter json, UsageReport report)
    {
        json.WriteStartObject("bucket");
        json.WriteString("start", report.From);
        json.WriteString("stop", report.To);
        json.WriteStartObject("toggles");
        foreach (var feature in report.Flags.GroupBy(flag => flag.Flag, StringComparer.Ordinal))
            WriteFeature(json, feature.Key, [.. feature]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFeature(Utf8JsonWriter json, string feature, FlagUsage[] usages)
    {
        var served = usages.SelectMany(usage => usage.Variants);
        // Only a feature without variants is a boolean flag. For others, a boolean evaluation returns whether they are on, and names no variant.
        var variants = usages.Where(usage => usage.Type != FlagType.Boolean).SelectMany(usage => usage.Variants).Where(variant => variant.Variant is not null || variant.Value is not ("true" or "false"));
        json.WriteStartObject(feature);
        json.WriteNumber("yes", served.Where(variant => variant.IsEnabled == true).Sum(variant => variant.Count));
        json.WriteNumber("no", served.Where(variant => variant.IsEnabled != true).Sum(variant => variant.Count));
        json.WriteStartObject("variants");
        foreach (var variant in variants.GroupBy(variant => NameOf(variant.Variant), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            json.WriteNumber(variant.Key, variant.Sum(one => one.Count));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Unleash also uses this name for a feature that is on without a variant.
    private static string NameOf(string? variant) => variant is null or Feature.NoVariant ? Feature.Disabled : variant;
}
