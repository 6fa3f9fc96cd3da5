namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Reads one wire format into definitions. Stateless and safe to share.</summary>
public interface ISnapshotFormat
{
    /// <summary>The format's name, such as <c>progressive-delivery/1</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Reads a UTF-8 document. Never throws on data. A fault of the document gives no definition and a diagnostic; a fault of one flag gives that
    /// flag a <see cref="FlagDefinition.Defect"/> and a diagnostic.
    /// </summary>
    SnapshotReadResult Read(ReadOnlyMemory<byte> document);
}
