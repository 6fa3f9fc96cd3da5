using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Signing;

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

    /// <summary>The signature over <see cref="Document"/>; null where none came with it.</summary>
    public SnapshotSignature? Signature { get; private init; }

    /// <summary>Definitions that were never a document; null for documents and <see cref="Current"/>.</summary>
    public SnapshotDefinition? Definition { get; private init; }

    /// <summary>What changed, in order: since <see cref="Document"/> where there is one, else since the version in force.</summary>
    internal IReadOnlyList<SignedText> Patches { get; private init; } = [];

    /// <summary>An order to serve one variant at once; null unless the source sends such.</summary>
    internal SignedText? Kill { get; private init; }

    /// <summary>Whatever the source needs to recognise the reading by when it is acknowledged: an ETag, a cursor.</summary>
    public string? Tag { get; private init; }

    /// <summary>Everything that was sent, as it was sent.</summary>
    internal IEnumerable<SignedText> Texts
    {
        get
        {
            if (Document is { } document) yield return new(document, Signature);
            foreach (var patch in Patches) yield return patch;
            if (Kill is { } kill) yield return kill;
        }
    }

    /// <summary>A document in the source's format.</summary>
    /// <param name="document">Its exact bytes.</param>
    /// <param name="tag">Whatever the source recognises the reading by.</param>
    /// <param name="signature">The signature over these bytes, which clients with trusted keys ask for; null: there is none.</param>
    public static SnapshotReading OfDocument(ReadOnlyMemory<byte> document, string? tag = null, SnapshotSignature? signature = null) =>
        new() { Document = document, Tag = tag, Signature = signature };

    /// <summary>Definitions built in code.</summary>
    public static SnapshotReading OfDefinition(SnapshotDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new() { Definition = definition };
    }

    /// <summary>A document and the patches that followed it, as they are kept on disk.</summary>
    internal static SnapshotReading OfKept(IReadOnlyList<SignedText> texts) =>
        new() { Document = texts[0].Bytes, Signature = texts[0].Signature, Patches = [.. texts.Skip(1)] };

    /// <summary>A change to the version in force.</summary>
    internal static SnapshotReading OfPatch(SignedText patch, string? tag = null) => new() { Patches = [patch], Tag = tag };

    /// <summary>An order that acts at once.</summary>
    internal static SnapshotReading OfKill(SignedText kill, string? tag = null) => new() { Kill = kill, Tag = tag };
}
