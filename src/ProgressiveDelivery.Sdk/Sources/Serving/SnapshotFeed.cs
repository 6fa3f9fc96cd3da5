using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Serving;

/// <summary>Keeps what the client has accepted, from the first subscription on. The loop and the kills call it; it calls nothing of theirs under its lock.</summary>
internal sealed class SnapshotFeed(SnapshotLimits limits, Func<bool> isCurrent, TimeProvider clock) : ISnapshotFeed
{
    private const int MaxPatches = 1_000;
    private const int RoomAnyway = 1024 * 1024;
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMinutes(1);
    private static readonly SnapshotFeedState Nothing = new(0, 0, null, null, false, [], []);

    private readonly object _gate = new();
    private readonly Queue<SnapshotFeedEvent> _patches = new();
    private readonly Dictionary<string, SnapshotFeedEvent> _kills = new(StringComparer.Ordinal);
    private Action<SnapshotFeedEvent>[] _handlers = [];
    private SnapshotFeedState? _state = Nothing;
    private Lazy<FeedDocument>? _document;
    private string? _format;
    private SnapshotFeedEvent? _sent;
    private long _sequence;
    private long _version;
    private long _patchBytes;
    private long? _requestedAt;
    private bool _isRequested;
    private volatile bool _isOn;

    /// <summary>Runs once, when the feed is first used: brings what the client has accepted before.</summary>
    public Action? Begin { get; set; }

    /// <summary>Ends the loop's wait, so that it sees a request for the whole document. Quick, and never throws.</summary>
    public Action? Wake { get; set; }

    public bool IsCurrent => isCurrent();

    public SnapshotFeedState State
    {
        get
        {
            lock (_gate)
                return _state ??= Now();
        }
    }

    private bool IsSigned => _sent?.Signature is not null;

    public IDisposable Subscribe(Action<SnapshotFeedEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        bool isFirst;
        lock (_gate)
        {
            (isFirst, _isOn) = (!_isOn, true);
            _handlers = [.. _handlers, handler];
        }

        if (isFirst)
            Begin?.Invoke();
        return new Subscription(() => Unsubscribe(handler));
    }

    public void RequestDocument()
    {
        lock (_gate)
        {
            if (!IsSigned || _patches.Count == 0 || (_requestedAt is { } last && clock.GetElapsedTime(last) < BetweenRequests))
                return;
            Request();
        }

        Wake?.Invoke();
    }

    /// <summary>Requests the whole document, since the client has accepted one that the feed has not seen.</summary>
    public void RequestMissed()
    {
        lock (_gate)
        {
            if (_document is not null)
                return;
            Request();
        }

        Wake?.Invoke();
    }

    /// <summary>Takes a request for the whole document; returns false if there is none.</summary>
    public bool TakeRequest()
    {
        if (!_isOn)
            return false;
        lock (_gate)
        {
            var isRequested = _isRequested;
            _isRequested = false;
            return isRequested;
        }
    }

    /// <summary>Records a reading that was accepted, or repeats what was.</summary>
    /// <param name="definition">The rules that it led to.</param>
    /// <param name="origin">Its origin.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="format">The format of its documents.</param>
    public void Accepted(SnapshotDefinition definition, SnapshotOrigin origin, SnapshotReading reading, ISnapshotFormat format)
    {
        if (!_isOn)
            return;
        lock (_gate)
        {
            if (reading.Document is null && reading.Definition is null && reading.Patches.Count > 0)
                Patched(definition, reading.Patches, format);
            // Documents of other backends have no version: an older one from the application's files would pass for a newer one elsewhere.
            else if (origin != SnapshotOrigin.Bundled || format is NativeSnapshotFormat)
                Whole(definition, reading, format);
            _state = null;
        }
    }

    /// <summary>Records a kill that is obeyed.</summary>
    public void Killed(SnapshotKill kill, SignedText text)
    {
        if (!_isOn)
            return;
        lock (_gate)
        {
            var next = Event(SnapshotFeedKind.Kill, kill.Version, text, SnapshotJson.Schema);
            _kills[kill.Flag] = next;
            _state = null;
            Announce(next);
        }
    }

    /// <summary>Forgets the kill of a flag.</summary>
    public void Forget(string flag)
    {
        if (!_isOn)
            return;
        lock (_gate)
        {
            if (_kills.Remove(flag))
                _state = null;
        }
    }

    private void Whole(SnapshotDefinition definition, SnapshotReading reading, ISnapshotFormat format)
    {
        var before = (_version, _sent);
        var isOwn = format is NativeSnapshotFormat;
        var sent = reading.Document is { } bytes && !(format is NativeSnapshotFormat { IsFile: true } && reading.Signature is null)
            ? new SignedText(bytes, reading.Signature)
            : (SignedText?)null;
        // The same version once more: from the source after a file, or whole after patches. Readers have it.
        var isKnown = _document is not null && definition.Version == before._version && (isOwn || (sent is { } same && before._sent?.Text.Span.SequenceEqual(same.Bytes.Span) == true));
        if (!isKnown)
            _sequence++;
        _patches.Clear();
        (_patchBytes, _version) = (0, definition.Version);
        _sent = sent is { } text ? Text(SnapshotFeedKind.Snapshot, definition.Version, text, isOwn ? SnapshotJson.Schema : format.Name) : null;
        _format = _sent?.Format ?? SnapshotJson.Schema;
        _document = _sent is null ? FeedDocument.Written(definition, _sequence, limits) : FeedDocument.Of(_sent);
        KeepPatches(reading.Patches, definition.Version);
        if (!isKnown)
            Announce(_document, _patches);
    }

    // Patches that were kept with their document: only the last one's version is known.
    private void KeepPatches(IReadOnlyList<SignedText> patches, long version)
    {
        for (var i = 0; i < patches.Count; i++)
            Keep(Event(SnapshotFeedKind.Patch, i == patches.Count - 1 ? version : 0, patches[i], SnapshotJson.Schema));
    }

    private void Patched(SnapshotDefinition definition, IReadOnlyList<SignedText> patches, ISnapshotFormat format)
    {
        var next = Event(SnapshotFeedKind.Patch, definition.Version, patches[0], SnapshotJson.Schema, _version);
        var isFollowed = _document is not null;
        _version = definition.Version;
        // Only a whole document can be the beginning for readers who trust keys.
        if (!isFollowed && patches[0].Signature is not null)
            return;
        if (format is not NativeSnapshotFormat)
        {
            (_sent, _format, _document) = (null, null, FeedDocument.OfFault($"Version {_version} of the rules cannot be served: a patch changed a document of format '{format.Name}'. Make the source send whole documents."));
            return;
        }

        if (!IsSigned)
            (_sent, _format, _document) = (null, SnapshotJson.Schema, FeedDocument.Written(definition, _sequence, limits));
        Keep(next);
        Bound();
        if (isFollowed)
            Announce(next);
        else
            Announce(_document!, []);
    }

    private void Keep(SnapshotFeedEvent patch)
    {
        _patches.Enqueue(patch);
        _patchBytes += patch.Text.Length;
    }

    // Signed patches are all needed, until a whole document takes their place; the state after others can be written.
    private void Bound()
    {
        var room = Math.Max(_sent?.Text.Length ?? 0, RoomAnyway);
        if (IsSigned && (_patches.Count > MaxPatches || _patchBytes > room))
            Request();
        while (!IsSigned && _patches.Count > 0 && (_patches.Count > MaxPatches || _patchBytes > room))
            _patchBytes -= _patches.Dequeue().Text.Length;
    }

    private void Request() => (_isRequested, _requestedAt) = (true, clock.GetTimestamp());

    private SnapshotFeedState Now() => new(
        _sequence, _version, _format, _document, isBehind: IsSigned && _patches.Count > 0, [.. _patches], [.. _kills.Values.Where(kill => kill.Version >= _version).OrderBy(kill => kill.Sequence)]);

    private SnapshotFeedEvent Event(SnapshotFeedKind kind, long version, SignedText text, string format, long baseVersion = 0)
    {
        _sequence++;
        return Text(kind, version, text, format, baseVersion);
    }

    private SnapshotFeedEvent Text(SnapshotFeedKind kind, long version, SignedText text, string format, long baseVersion = 0) =>
        new() { Kind = kind, Sequence = _sequence, Version = version, BaseVersion = baseVersion, Format = format, Text = text.Bytes, Signature = text.Signature };

    private void Announce(Lazy<FeedDocument> document, IEnumerable<SnapshotFeedEvent> patches)
    {
        if (_handlers.Length == 0 || document.Value.Event is not { } whole)
            return;
        Announce(whole);
        foreach (var patch in patches)
            Announce(patch);
    }

    // Under the lock, which keeps the order.
    private void Announce(SnapshotFeedEvent next)
    {
        foreach (var handler in _handlers)
            handler(next);
    }

    private void Unsubscribe(Action<SnapshotFeedEvent> handler)
    {
        lock (_gate)
        {
            var place = Array.IndexOf(_handlers, handler);
            if (place >= 0)
                _handlers = [.. _handlers[..place], .. _handlers[(place + 1)..]];
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
