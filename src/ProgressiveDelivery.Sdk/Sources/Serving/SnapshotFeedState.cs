using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Sources.Serving;

/// <summary>The state of a feed at one moment. Immutable; safe to use from any thread.</summary>
public sealed class SnapshotFeedState
{
    private readonly Lazy<FeedDocument>? _document;
    private readonly SnapshotFeedEvent[] _patches;

    internal SnapshotFeedState(long sequence, long version, string? format, Lazy<FeedDocument>? document, bool isBehind, SnapshotFeedEvent[] patches, SnapshotFeedEvent[] kills)
    {
        (Sequence, Version, Format, _document, IsBehind, _patches, Kills) = (sequence, version, format, document, isBehind, patches, kills);
    }

    /// <summary>The sequence number of the last event that this state includes; 0 if there has been none.</summary>
    public long Sequence { get; }

    /// <summary>The version of the newest accepted snapshot; 0 if there is none.</summary>
    public long Version { get; }

    /// <summary>The name of the format of <see cref="Document"/>; null if there is none.</summary>
    public string? Format { get; }

    /// <summary>
    /// The state as one document: as it was sent; or, after unsigned patches, written in our own format, at the first use of this property. While <see cref="IsBehind"/>, an older
    /// version. Null before anything was accepted, or with a <see cref="Fault"/>.
    /// </summary>
    public SnapshotFeedEvent? Document => _document?.Value.Event;

    /// <summary>The reason, and the remedy, why the rules cannot be served; null if there is none, as far as it is known before <see cref="Document"/> is written.</summary>
    public string? Fault => _document is { IsValueCreated: true } ? _document.Value.Fault : null;

    /// <summary>Indicates whether signed patches followed <see cref="Document"/>, whose result this process cannot sign.</summary>
    public bool IsBehind { get; }

    /// <summary>The kills in force under the newest snapshot.</summary>
    public IReadOnlyList<SnapshotFeedEvent> Kills { get; }

    /// <summary>The document, the patches after it and the kills, in the order in which a process without rules must apply them; empty without a document.</summary>
    public IReadOnlyList<SnapshotFeedEvent> Beginning => Document is not { } document ? [] : IsBehind ? [document, .. _patches, .. Kills] : [document, .. Kills];

    /// <summary>Returns the patches and kills that bring a process from a version of our own format to this state.</summary>
    /// <param name="version">The version that it has.</param>
    /// <returns>The events; null if they are not known, so that it needs the <see cref="Beginning"/>.</returns>
    public IReadOnlyList<SnapshotFeedEvent>? Since(long version)
    {
        if (version <= 0 || Format != SnapshotJson.Schema)
            return null;
        if (version == Version)
            return Kills;
        var first = Array.FindIndex(_patches, patch => patch.BaseVersion == version);
        return first < 0 ? null : [.. _patches.AsSpan(first), .. Kills];
    }
}
