using System.Buffers;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Writes one flag for people.</summary>
internal static class FlagText
{
    /// <summary>Returns a flag as indented JSON, as it stands under its key; null if it could not be read, or our own format cannot express it.</summary>
    public static string? Of(FlagDefinition flag)
    {
        if (flag.Defect is not null)
            return null;
        var document = new ArrayBufferWriter<byte>();
        try
        {
            if (ForeignForms.In(flag) is not null)
                return null;
            using var writer = new Utf8JsonWriter(document, new() { Indented = true, Encoder = PlainJsonEncoder.Instance, MaxDepth = int.MaxValue });
            new SnapshotWriter(writer).Write(flag);
            writer.Flush();
            return Encoding.UTF8.GetString(document.WrittenSpan);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A number that JSON cannot hold, rules that are nested too deeply, or a member that is null, by a definition in code.
            return null;
        }
    }
}
