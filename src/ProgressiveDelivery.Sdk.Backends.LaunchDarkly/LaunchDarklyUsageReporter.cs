using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Sends summary events to LaunchDarkly, without prior registration.</summary>
internal sealed class LaunchDarklyUsageReporter(LaunchDarklySourceOptions options, HttpReportSender sender) : IUsageReporter
{
    public string Name => LaunchDarklyBackend.EventsAddressOf(options).GetLeftPart(UriPartial.Path);

    public ValueTask AnnounceAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] headers = [LaunchDarklyBackend.EventSchema, new("X-LaunchDarkly-Payload-ID", Guid.NewGuid().ToString())];
        return sender.SendAsync(LaunchDarklyBackend.EventsAddressOf(options), Write(report), headers, cancellationToken);
    }

    private ReadOnlyMemory<byte> Write(UsageReport report)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("kind", "summary");
            json.WriteNumber("startDate", report.From.ToUnixTimeMilliseconds());
            json.WriteNumber("endDate", report.To.ToUnixTimeMilliseconds());
            json.WriteStartObject("features");
            foreach (var flag in report.Flags.GroupBy(flag => flag.Flag, StringComparer.Ordinal))
                WriteFlag(json, flag.Key, flag);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return body.WrittenMemory;
    }

    // A fallback is counted by its value, without a variation. A fallback that was passed but not returned is not counted, nor are kinds.
    private void WriteFlag(Utf8JsonWriter json, string key, IEnumerable<FlagUsage> usages)
    {
        json.WriteStartObject(key);
        json.WriteNull("default");
        json.WriteStartArray("contextKinds");
        json.WriteStringValue(options.Context.MainKind);
        json.WriteEndArray();
        json.WriteStartArray("counters");
        foreach (var usage in usages)
        {
            // A variation that an experiment serves has a variant of its own, under the same name.
            foreach (var variant in usage.Variants.GroupBy(variant => (variant.Variant, variant.Value)))
                WriteCounter(json, usage.Version, variant.Key.Variant, variant.Key.Value, variant.Sum(one => one.Count));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCounter(Utf8JsonWriter json, long? version, string? variant, string? value, long count)
    {
        json.WriteStartObject();
        if (int.TryParse(variant, NumberStyles.None, CultureInfo.InvariantCulture, out var variation))
            json.WriteNumber("variation", variation);
        if (version is { } known)
            json.WriteNumber("version", known);
        json.WritePropertyName("value");
        json.WriteRawValue(value ?? "null");
        json.WriteNumber("count", count);
        json.WriteEndObject();
    }
}
