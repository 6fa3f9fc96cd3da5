using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Writes events as JSON, version 1: see <c>docs/concepts/events.md</c> and <c>schema/event.v1.schema.json</c>. Safe to use from any thread.</summary>
public static class EventJson
{
    /// <summary>The version of the form, in the member <c>v</c> of each object. New members do not change it.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Plain = new() { Encoder = PlainJsonEncoder.Instance, SkipValidation = true };

    private static readonly string[] Reasons = Enum.GetNames<EvaluationReason>();

    private static readonly string[] Origins = Enum.GetNames<SnapshotOrigin>();

    /// <summary>Writes an event as one object. An attribute that is a number JSON cannot hold is null, also inside a list or object.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="occurred">The event.</param>
    /// <exception cref="ArgumentException">The value of an outcome is infinite or not a number.</exception>
    public static void Write(Utf8JsonWriter writer, FeatureEvent occurred)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(occurred);
        writer.WriteStartObject();
        switch (occurred)
        {
            case ExposureEvent exposure:
                WriteStart(writer, "exposure", exposure);
                WriteExposure(writer, exposure);
                break;
            case OutcomeEvent outcome:
                WriteStart(writer, "outcome", outcome);
                writer.WriteString("metric"u8, outcome.Metric);
                writer.WritePropertyName("value"u8);
                NumberJson.Write(writer, outcome.Value);
                WriteVariants(writer, outcome);
                break;
        }

        WriteAttributes(writer, occurred.Attributes);
        writer.WriteEndObject();
    }

    /// <summary>Writes a count as one object.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="count">The count.</param>
    /// <exception cref="ArgumentException">The sum is infinite or not a number.</exception>
    public static void Write(Utf8JsonWriter writer, EventCount count)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(count);
        writer.WriteStartObject();
        writer.WriteString("type"u8, count.Metric is null ? "exposureCount" : "outcomeCount");
        writer.WriteNumber("v"u8, Version);
        writer.WriteString("id"u8, count.Id);
        writer.WriteString("from"u8, InstantJson.Format(count.From));
        writer.WriteString("to"u8, InstantJson.Format(count.To));
        WriteIfAny(writer, "flag", count.Flag);
        WriteIfAny(writer, "experiment", count.Experiment);
        WriteIfAny(writer, "variant", count.Variant);
        WriteIfAny(writer, "metric", count.Metric);
        writer.WriteNumber("count"u8, count.Count);
        if (count.Metric is not null)
        {
            writer.WritePropertyName("sum"u8);
            NumberJson.Write(writer, count.Sum);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a batch as JSON lines: one object a line, events first, UTF-8, each line ended by <c>\n</c>.</summary>
    /// <param name="output">The output.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentException">The value of an outcome or a sum is infinite or not a number.</exception>
    public static void WriteLines(IBufferWriter<byte> output, EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(batch);
        using var writer = new Utf8JsonWriter(output, Plain);
        foreach (var occurred in batch.Events)
        {
            Write(writer, occurred);
            EndLine(writer, output);
        }

        foreach (var count in batch.Counts)
        {
            Write(writer, count);
            EndLine(writer, output);
        }
    }

    /// <summary>Writes a batch as one JSON array, events first, UTF-8.</summary>
    /// <param name="output">The output.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentException">The value of an outcome or a sum is infinite or not a number.</exception>
    public static void WriteArray(IBufferWriter<byte> output, EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(batch);
        using var writer = new Utf8JsonWriter(output, Plain);
        writer.WriteStartArray();
        foreach (var occurred in batch.Events)
            Write(writer, occurred);
        foreach (var count in batch.Counts)
            Write(writer, count);
        writer.WriteEndArray();
    }

    private static void WriteStart(Utf8JsonWriter writer, string type, FeatureEvent occurred)
    {
        writer.WriteString("type"u8, type);
        writer.WriteNumber("v"u8, Version);
        writer.WriteString("id"u8, occurred.Id);
        writer.WriteString("time"u8, InstantJson.Format(occurred.Time));
        writer.WriteString("unit"u8, occurred.Unit);
        writer.WriteString("unitKind"u8, occurred.UnitKind);
    }

    private static void WriteExposure(Utf8JsonWriter writer, ExposureEvent exposure)
    {
        writer.WriteString("flag"u8, exposure.Flag);
        writer.WriteString("experiment", exposure.Experiment);
        writer.WriteString("variant"u8, exposure.Variant);
        WriteIfAny(writer, "rule", exposure.Rule);
        writer.WriteString("reason"u8, Name(Reasons, (int)exposure.Reason));
        writer.WriteNumber("snapshotVersion"u8, exposure.SnapshotVersion);
        writer.WriteString("origin"u8, Name(Origins, (int)exposure.Origin));
    }

    private static void WriteVariants(Utf8JsonWriter writer, OutcomeEvent outcome)
    {
        if (outcome.Variants.Count == 0)
            return;
        writer.WriteStartArray("variants"u8);
        foreach (var given in outcome.Variants)
        {
            writer.WriteStartObject();
            writer.WriteString("flag"u8, given.Flag);
            writer.WriteString("variant"u8, given.Variant);
            WriteIfAny(writer, "experiment", given.Experiment);
            WriteIfAny(writer, "unit", given.Unit);
            writer.WriteString("unitKind"u8, given.UnitKind);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (outcome.OmittedVariants > 0)
            writer.WriteNumber("omittedVariants"u8, outcome.OmittedVariants);
    }

    private static void WriteAttributes(Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        if (attributes.Count == 0)
            return;
        writer.WriteStartObject("attributes"u8);
        foreach (var (name, value) in attributes)
        {
            writer.WritePropertyName(name);
            AttributeJson.Write(writer, value, NonFiniteNumbers.Null);
        }

        writer.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    private static void EndLine(Utf8JsonWriter writer, IBufferWriter<byte> output)
    {
        writer.Flush();
        writer.Reset();
        output.Write("\n"u8);
    }

    private static string Name(string[] names, int value) => value >= 0 && value < names.Length ? names[value] : "Unknown";
}
