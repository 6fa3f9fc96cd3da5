using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads and writes snapshots in our own format, <c>progressive-delivery/1</c>. Safe to use from any thread.</summary>
public static class SnapshotJson
{
    /// <summary>The value of a document's <c>schema</c> member.</summary>
    public const string Schema = "progressive-delivery/1";

    /// <summary>Creates the format for a source of your own; documents are read as from a network.</summary>
    /// <param name="limits">The limits on a document; null for the defaults of <see cref="SnapshotLimits"/>.</param>
    public static ISnapshotFormat Format(SnapshotLimits? limits = null) => new NativeSnapshotFormat(limits ?? new());

    /// <summary>Reads a UTF-8 document, with or without byte order mark. Never throws on data: see <see cref="ISnapshotFormat.Read"/>.</summary>
    /// <param name="document">The document's bytes; not stored.</param>
    /// <param name="limits">The limits on the document; null for the defaults of <see cref="SnapshotLimits"/>.</param>
    public static SnapshotReadResult Read(ReadOnlyMemory<byte> document, SnapshotLimits? limits = null) => Format(limits).Read(document);

    /// <summary>Reads a UTF-8 document in the given modes. Never throws on data: see <see cref="ISnapshotFormat.Read"/>.</summary>
    /// <param name="document">The document's bytes; not stored.</param>
    /// <param name="modes">The modes of reading. Authors check their documents with <see cref="SnapshotReadModes.Strict"/>.</param>
    /// <param name="limits">The limits on the document; null for the defaults of <see cref="SnapshotLimits"/>.</param>
    public static SnapshotReadResult Read(ReadOnlyMemory<byte> document, SnapshotReadModes modes, SnapshotLimits? limits = null) =>
        new NativeSnapshotFormat(limits ?? new(), modes).Read(document);

    /// <summary>Writes definitions as an indented UTF-8 document, which reads back as the same definitions.</summary>
    /// <param name="snapshot">The definitions; a flag, segment, layer or holdout with a defect is left out.</param>
    /// <param name="output">The output.</param>
    /// <exception cref="ArgumentException">
    /// A number in <paramref name="snapshot"/> is infinite or not a number, which JSON cannot hold. Or its rules are another backend's, and our own
    /// format cannot express them: <see cref="ConvertToNative"/> converts them as far as possible. Or a condition, an outcome or a value is nested in more than 256 levels of
    /// the document, or a value is longer than 67,108,864 characters, which no reader takes. Or it has more than
    /// 7,000,000 conditions.
    /// </exception>
    public static void Write(SnapshotDefinition snapshot, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new Utf8JsonWriter(output, new() { Indented = true, Encoder = PlainJsonEncoder.Instance, MaxDepth = int.MaxValue });
        Write(snapshot, writer);
    }

    /// <summary>Writes definitions as one JSON object, with the options of <paramref name="writer"/>, and does not flush it.</summary>
    /// <inheritdoc cref="Write(SnapshotDefinition, IBufferWriter{byte})"/>
    /// <param name="snapshot">The definitions; a flag, segment, layer or holdout with a defect is left out.</param>
    /// <param name="writer">The output.</param>
    public static void Write(SnapshotDefinition snapshot, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(writer);
        if (ConditionCount.IsBeyond(snapshot))
            throw new ArgumentException(DiagnosticCatalog.TooManyConditions(JsonPath.Root, ConditionCount.Max).Message, nameof(snapshot));
        if (ForeignForms.In(snapshot) is { } form)
            throw new ArgumentException($"The snapshot cannot be written in the SDK's own format: {form}. Convert it first, by {nameof(SnapshotJson)}.{nameof(ConvertToNative)}.", nameof(snapshot));
        new SnapshotWriter(writer).Write(snapshot);
    }

    /// <summary>
    /// Converts another backend's rules to our own format, for a migration. A flag or segment that our format cannot express is left out, with an
    /// error that gives the reason. A warning marks answers that may differ. No unit is placed by another hash than before: splits and rollouts by
    /// another backend's hash are left out. So is what is nested in more than 256 levels, and all of a snapshot with more than 7,000,000 conditions.
    /// </summary>
    /// <param name="snapshot">The rules.</param>
    /// <param name="version">The version of the result; at least 1.</param>
    /// <returns>The converted rules; null if none can be converted.</returns>
    public static SnapshotReadResult ConvertToNative(SnapshotDefinition snapshot, long version)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        return new OwnSnapshot(snapshot).Say(version);
    }
}
