using System.Buffers;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Writes definitions for the disk: compact, unescaped, and read back as a check.</summary>
internal static class KeptSnapshot
{
    /// <summary>Writes definitions; null, with the fault, if a restart could not read them.</summary>
    public static ReadOnlyMemory<byte>? Write(SnapshotDefinition definition, SnapshotLimits limits, out string? fault)
    {
        var document = new ArrayBufferWriter<byte>();
        fault = FaultOfWriting(definition, document) ?? FaultOf(document.WrittenMemory, limits);
        return fault is null ? document.WrittenMemory : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Returns the fault for which a restart could not read a document; null if it can.</summary>
    public static string? FaultOf(ReadOnlyMemory<byte> document, SnapshotLimits limits)
    {
        var (definition, found) = new NativeSnapshotFormat(limits.OfKept()).Read(document);
        return definition is null ? $"It could not be read back: {found[^1]}" : null;
    }

    /// <summary>Returns the size of definitions as a document, in bytes; null if they cannot be written.</summary>
    public static long? LengthOf(SnapshotDefinition definition)
    {
        var counter = new ByteCounter();
        return FaultOfWriting(definition, counter) is null ? counter.Length : null;
    }

    private static string? FaultOfWriting(SnapshotDefinition definition, IBufferWriter<byte> output)
    {
        try
        {
            using var writer = new Utf8JsonWriter(output, new() { Encoder = PlainJsonEncoder.Instance, MaxDepth = int.MaxValue, SkipValidation = true });
            SnapshotJson.Write(definition, writer);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)    // Definitions built in code may hold anything, such as a member that is null.
        {
            return e.Message;
        }
    }

    /// <summary>Counts the bytes that are written, and discards them.</summary>
    private sealed class ByteCounter : IBufferWriter<byte>
    {
        private byte[] _room = new byte[64 * 1024];

        public long Length { get; private set; }

        public void Advance(int count) => Length += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > _room.Length)
                _room = new byte[sizeHint];
            return _room;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
