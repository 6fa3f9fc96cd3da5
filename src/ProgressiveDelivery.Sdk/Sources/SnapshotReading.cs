using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>The result of reading a source.</summary>
public sealed class SnapshotReading
{
    private SnapshotReading()
    {
    }

    /// <summary>The reading that reports the last acknowledged one as still current.</summary>
    public static SnapshotReading Current { get; } = new();

    /// <summary>The document's exact bytes; null for definitions and <see cref="Current"/>.</summary>
    public ReadOnlyMemory<byte>? Document { get; private init; }

    /// <summary>The signature over <see cref="Document"/>; null if none came with it.</summary>
    public SnapshotSignature? Signature { get; private init; }

    /// <summary>Definitions that were never a document; null for documents and <see cref="Current"/>.</summary>
    public SnapshotDefinition? Definition { get; private init; }

    /// <summary>The changes, in order: to <see cref="Document"/> if there is one, else to the version in force.</summary>
    internal IReadOnlyList<SignedText> Patches { get; private init; } = [];

    /// <summary>An order to serve one variant at once; null unless the source sends such.</summary>
    internal SignedText? Kill { get; private init; }

    /// <summary>The source's own mark, to recognize the reading when it is acknowledged: an ETag, a cursor.</summary>
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

    /// <summary>Makes a reading of a document in the source's format.</summary>
    /// <param name="document">Its exact bytes.</param>
    /// <param name="tag">The source's own mark, to recognize the reading.</param>
    /// <param name="signature">The signature over these bytes, which clients with trusted keys require; null if there is none.</param>
    public static SnapshotReading OfDocument(ReadOnlyMemory<byte> document, string? tag = null, SnapshotSignature? signature = null) =>
        new() { Document = document, Tag = tag, Signature = signature };

    /// <summary>Makes a reading of definitions built in code.</summary>
    public static SnapshotReading OfDefinition(SnapshotDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new() { Definition = definition };
    }

    /// <summary>
    /// Makes a reading of a change to the version in force: a patch of our own format, whatever the format of the source's documents. For an <see
    /// cref="IPatchingSource"/>. A patch that does not apply is refused and not acknowledged: the source sends the whole document then.
    /// </summary>
    /// <param name="patch">Its exact bytes.</param>
    /// <param name="tag">The source's own mark, to recognize the reading.</param>
    /// <param name="signature">The signature over these bytes, which clients with trusted keys require; null if there is none.</param>
    public static SnapshotReading OfPatch(ReadOnlyMemory<byte> patch, string? tag = null, SnapshotSignature? signature = null) => OfPatch(new SignedText(patch, signature), tag);

    /// <summary>
    /// Makes a reading of a kill: <c>{"version": 7, "flag": "new-checkout", "variant": "off"}</c>, which acts at once, until a document with a higher
    /// version. For an <see cref="IPatchingSource"/>.
    /// </summary>
    /// <param name="kill">Its exact bytes.</param>
    /// <param name="tag">The source's own mark, to recognize the reading.</param>
    /// <param name="signature">The signature over these bytes, which clients with trusted keys require; null if there is none.</param>
    public static SnapshotReading OfKill(ReadOnlyMemory<byte> kill, string? tag = null, SnapshotSignature? signature = null) => OfKill(new SignedText(kill, signature), tag);

    /// <summary>Makes a reading of a document and the patches that followed it, as they are kept on disk.</summary>
    internal static SnapshotReading OfKept(IReadOnlyList<SignedText> texts) =>
        new() { Document = texts[0].Bytes, Signature = texts[0].Signature, Patches = [.. texts.Skip(1)] };

    /// <summary>Makes a reading of a change to the version in force.</summary>
    internal static SnapshotReading OfPatch(SignedText patch, string? tag = null) => new() { Patches = [patch], Tag = tag };

    /// <summary>Makes a reading of an order that acts at once.</summary>
    internal static SnapshotReading OfKill(SignedText kill, string? tag = null) => new() { Kill = kill, Tag = tag };
}
