using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>What a read of a source gave.</summary>
public sealed class SnapshotReading
{
    private SnapshotReading()
    {
    }

    /// <summary>The news that what was last acknowledged is still current.</summary>
    public static SnapshotReading Current { get; } = new();

    /// <summary>The document's exact bytes; null for definitions and <see cref="Current"/>.</summary>
    public ReadOnlyMemory<byte>? Document { get; private init; }

    /// <summary>Definitions that were never a document; null for documents and <see cref="Current"/>.</summary>
    public SnapshotDefinition? Definition { get; private init; }

    /// <summary>What changed since another version; null unless the source sends changes.</summary>
    internal SnapshotPatch? Patch { get; private init; }

    /// <summary>What was found while <see cref="Patch"/> was read: its malformed flags, and warnings.</summary>
    internal IReadOnlyList<SnapshotDiagnostic> PatchDiagnostics { get; private init; } = [];

    /// <summary>An order to serve one variant at once; null unless the source sends such.</summary>
    internal SnapshotKill? Kill { get; private init; }

    /// <summary>Whatever the source needs to recognise the reading by when it is acknowledged: an ETag, a cursor.</summary>
    public string? Tag { get; private init; }

    /// <summary>A document in the source's format.</summary>
    public static SnapshotReading OfDocument(ReadOnlyMemory<byte> document, string? tag = null) => new() { Document = document, Tag = tag };

    /// <summary>Definitions built in code.</summary>
    public static SnapshotReading OfDefinition(SnapshotDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new() { Definition = definition };
    }

    /// <summary>A change to the version that it names.</summary>
    internal static SnapshotReading OfPatch(SnapshotPatch patch, IReadOnlyList<SnapshotDiagnostic> diagnostics, string? tag = null) =>
        new() { Patch = patch, PatchDiagnostics = diagnostics, Tag = tag };

    /// <summary>An order that acts at once.</summary>
    internal static SnapshotReading OfKill(SnapshotKill kill, string? tag = null) => new() { Kill = kill, Tag = tag };
}
