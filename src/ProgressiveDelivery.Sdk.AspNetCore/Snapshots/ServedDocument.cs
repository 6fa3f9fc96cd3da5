using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ProgressiveDelivery.Sdk.Sources.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>A document as it is sent to all readers: hashed once, and compressed once in each coding that is asked for.</summary>
internal sealed class ServedDocument
{
    private static readonly ConditionalWeakTable<SnapshotFeedEvent, ServedDocument> Known = [];

    private readonly Lazy<string> _hash;
    private readonly Lazy<Task<ReadOnlyMemory<byte>>>[] _bodies;

    private ServedDocument(SnapshotFeedEvent document)
    {
        _hash = new(() => Convert.ToHexString(SHA256.HashData(document.Text.Span), 0, 16));
        _bodies = new Lazy<Task<ReadOnlyMemory<byte>>>[ContentCoding.Count];
        Plain = document.Text;
    }

    private ReadOnlyMemory<byte> Plain { get; }

    public static ServedDocument Of(SnapshotFeedEvent document) => Known.GetValue(document, static document => new(document));

    /// <summary>Returns the strong entity tag of the document in a coding.</summary>
    public string TagOf(ContentCoding coding) => $"\"{_hash.Value}{coding.Suffix}\"";

    /// <summary>Returns the document in a coding. All readers get the same bytes.</summary>
    public Task<ReadOnlyMemory<byte>> BodyAsync(ContentCoding coding)
    {
        if (coding == ContentCoding.None)
            return Task.FromResult(Plain);
        var body = Volatile.Read(ref _bodies[coding.Place]) ?? new(() => Task.Run(() => coding.Encode(Plain)));
        return (Interlocked.CompareExchange(ref _bodies[coding.Place], body, null) ?? body).Value;
    }
}
