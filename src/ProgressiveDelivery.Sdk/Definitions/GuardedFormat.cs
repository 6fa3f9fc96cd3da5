using ProgressiveDelivery.Sdk.Diagnostics;
namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Reads documents with third-party formats, which may throw although they must not.</summary>
internal static class GuardedFormat
{
    /// <summary>Reads a document. An exception of the format rejects the document, with a diagnostic.</summary>
    public static SnapshotReadResult ReadGuarded(this ISnapshotFormat format, ReadOnlyMemory<byte> document)
    {
        try
        {
            return format.Read(document) ?? throw new InvalidOperationException($"format {DiagnosticCatalog.Quote(format.Name)} gave no result");
        }
        catch (Exception fault)
        {
            return new(null, [DiagnosticCatalog.UnreadableDocument(JsonPath.Root, fault)]);
        }
    }
}
