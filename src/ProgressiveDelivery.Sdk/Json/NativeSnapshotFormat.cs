using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Our own format, within limits: a <see cref="DocumentReader"/> checks the bytes, a <see cref="SnapshotReader"/> reads the JSON in them.
/// </summary>
internal sealed class NativeSnapshotFormat(SnapshotLimits limits, SnapshotReadModes modes = SnapshotReadModes.None) : ISnapshotFormat
{
    // A stored file may be read back only as a file.
    private const string FileName = SnapshotJson.Schema + "+file";

    private readonly DocumentReader _reader = new(limits, modes.HasFlag(SnapshotReadModes.File));

    public string Name => IsFile ? FileName : SnapshotJson.Schema;

    /// <summary>Indicates whether documents are read as files.</summary>
    public bool IsFile => modes.HasFlag(SnapshotReadModes.File);

    /// <summary>Returns the variant of our own format for files; other formats have no rules for files and are returned unchanged.</summary>
    public static ISnapshotFormat OfFile(ISnapshotFormat format) => format is NativeSnapshotFormat { IsFile: false } own ? own.AsFile() : format;

    /// <summary>Returns the same format for documents that are read back from disk.</summary>
    public NativeSnapshotFormat OfKept() => new(limits.OfKept(), modes);

    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) =>
        _reader.Read(document, (ref json, text) => new SnapshotReader(limits, text, modes).Read(ref json), out var fault) ?? new(null, [fault!]);

    private NativeSnapshotFormat AsFile() => new(limits, modes | SnapshotReadModes.File);
}
