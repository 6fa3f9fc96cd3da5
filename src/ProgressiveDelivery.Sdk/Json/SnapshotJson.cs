using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads and writes snapshots in our own format, <c>progressive-delivery/1</c>. Safe to use from any thread.</summary>
public static class SnapshotJson
{
    /// <summary>The value of a document's <c>schema</c> member.</summary>
    public const string Schema = "progressive-delivery/1";

    /// <summary>The format, for a source of your own.</summary>
    /// <param name="limits">How large a document may be; null: the defaults of <see cref="SnapshotLimits"/>.</param>
    public static ISnapshotFormat Format(SnapshotLimits? limits = null) => new NativeSnapshotFormat(limits ?? new());

    /// <summary>
    /// Reads a UTF-8 document, with or without byte order mark. It never throws on data: see <see cref="ISnapshotFormat.Read"/>.
    /// </summary>
    /// <param name="document">The document's bytes; not kept.</param>
    /// <param name="limits">How large it may be; null: the defaults of <see cref="SnapshotLimits"/>.</param>
    public static SnapshotReadResult Read(ReadOnlyMemory<byte> document, SnapshotLimits? limits = null) => Format(limits).Read(document);

    /// <summary>Writes definitions as an indented UTF-8 document, which reads back as the same definitions.</summary>
    /// <param name="snapshot">What to write; a flag, segment, layer or holdout with a defect is left out.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="ArgumentException">
    /// A number in <paramref name="snapshot"/> is infinite or not a number, which JSON cannot hold; or its rules are another backend's, and need what our own format has
    /// no words for: <see cref="Express"/> says them in it as far as they go.
    /// </exception>
    public static void Write(SnapshotDefinition snapshot, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue });
        Write(snapshot, writer);
    }

    /// <summary>Writes definitions as one JSON object, the way <paramref name="writer"/> is set up to, and flushes nothing.</summary>
    /// <inheritdoc cref="Write(SnapshotDefinition, IBufferWriter{byte})"/>
    /// <param name="snapshot">What to write; a flag, segment, layer or holdout with a defect is left out.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(SnapshotDefinition snapshot, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(writer);
        if (ForeignForms.In(snapshot) is { } form)
            throw new ArgumentException($"The snapshot cannot be written in the SDK's own format: {form}. Say it in that format's forms first, by {nameof(SnapshotJson)}.{nameof(Express)}.", nameof(snapshot));
        new SnapshotWriter(writer).Write(snapshot);
    }

    /// <summary>
    /// Says another backend's rules in the forms of our own format, so that they can be written in it: for moving away. A flag or segment that needs more is left out, with an error that
    /// says why; a warning says where answers may differ all the same. Nobody is placed by another hash than before: what splits or rolls out by another backend's is left out.
    /// </summary>
    /// <param name="snapshot">The rules.</param>
    /// <param name="version">The version that they get; at least 1.</param>
    /// <returns>The rules that can be said; null where none can.</returns>
    public static SnapshotReadResult Express(SnapshotDefinition snapshot, long version)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        return new OwnSnapshot(snapshot).Say(version);
    }
}
