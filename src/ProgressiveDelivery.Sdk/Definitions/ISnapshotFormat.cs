namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Reads one wire format into definitions. Stateless and safe to share.</summary>
public interface ISnapshotFormat
{
    /// <summary>The format's name, such as <c>progressive-delivery/1</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Reads a UTF-8 document. It never throws on data: what is wrong with the whole gives no definition and a diagnostic, what
    /// is wrong with one flag gives that flag a <see cref="FlagDefinition.Defect"/> and a diagnostic.
    /// </summary>
    SnapshotReadResult Read(ReadOnlyMemory<byte> document);
}
