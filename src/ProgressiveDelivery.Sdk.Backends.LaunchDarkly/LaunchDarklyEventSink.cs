using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Posts single events to LaunchDarkly.</summary>
internal sealed class LaunchDarklyEventSink(LaunchDarklyEventOptions options, HttpEventSender sender) : IEventSink
{
    // Anything that a caller passed is written, whatever it is.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly LaunchDarklyContextWriter _contexts = new(options);
    private long _serverTime;

    public string Name => sender.Name;

    /// <summary>The time of LaunchDarkly's last response by its own clock, in milliseconds since 1970; 0 before there was one.</summary>
    public long ServerTime => Interlocked.Read(ref _serverTime);

    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        Write(body, batch);
        KeyValuePair<string, string>[] headers = [LaunchDarklyBackend.EventSchema, new("X-LaunchDarkly-Payload-ID", PayloadId(batch.Id))];
        if (await sender.PostAsync(body.WrittenMemory, "application/json", options.Compress, headers, cancellationToken).ConfigureAwait(false) is { } date)
            Interlocked.Exchange(ref _serverTime, date.ToUnixTimeMilliseconds());
    }

    // A UUID, the same for each attempt at the batch.
    private static string PayloadId(string batch) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(batch)).AsSpan(0, 16)).ToString();

    private void Write(ArrayBufferWriter<byte> body, EventBatch batch)
    {
        using var json = new Utf8JsonWriter(body, Plain);
        json.WriteStartArray();
        foreach (var occurred in batch.Events.OfType<LaunchDarklyEvent>())
            Write(json, occurred);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, LaunchDarklyEvent occurred)
    {
        json.WriteStartObject();
        json.WriteString("kind", occurred.Kind switch
        {
            LaunchDarklyEventKind.Index => "index",
            LaunchDarklyEventKind.Feature => "feature",
            LaunchDarklyEventKind.Debug => "debug",
            _ => "custom",
        });
        json.WriteNumber("creationDate", occurred.Time.ToUnixTimeMilliseconds());
        if (occurred.Key is not null)
            json.WriteString("key", occurred.Key);
        if (occurred.Kind is LaunchDarklyEventKind.Feature or LaunchDarklyEventKind.Debug)
            WriteAnswer(json, occurred);
        if (occurred.Kind == LaunchDarklyEventKind.Custom)
            json.WriteNumber("metricValue", occurred.MetricValue);
        _contexts.Write(
            json,
            occurred.Context!,
            redactsAnonymous: occurred.Kind == LaunchDarklyEventKind.Feature,
            omitsAnonymous: occurred.Kind == LaunchDarklyEventKind.Index && options.OmitAnonymousContexts);
        json.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter json, LaunchDarklyEvent answer)
    {
        if (answer.Version is { } version)
            json.WriteNumber("version", version);
        if (int.TryParse(answer.Variation, NumberStyles.None, CultureInfo.InvariantCulture, out var variation))
            json.WriteNumber("variation", variation);
        WriteRaw(json, "value", answer.Value);
        WriteRaw(json, "default", answer.Fallback);
        answer.Reason?.Write(json);
        if (answer.PrerequisiteOf is not null)
            json.WriteString("prereqOf", answer.PrerequisiteOf);
        if (answer.SamplingRatio != 1)
            json.WriteNumber("samplingRatio", answer.SamplingRatio);
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value ?? "null", skipInputValidation: true);
    }
}
