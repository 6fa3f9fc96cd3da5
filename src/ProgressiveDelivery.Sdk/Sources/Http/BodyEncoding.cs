using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Undoes a <c>Content-Encoding</c>, and notices when the end is missing, which the framework's streams pass over.</summary>
internal static class BodyEncoding
{
    // One more costs a copy of the body; a backend applies one.
    private const int MaxEncodings = 3;

    /// <summary>Decodes the first buffer into the second.</summary>
    public delegate Outcome Decoder(BoundedBuffer from, BoundedBuffer to);

    /// <summary>The result of decoding.</summary>
    public enum Outcome
    {
        /// <summary>All of it is there.</summary>
        Whole,

        /// <summary>It is damaged, or its end is missing.</summary>
        Broken,

        /// <summary>It is more than the second buffer takes.</summary>
        TooLarge,
    }

    /// <summary>The decoders of a body, the one to begin with first; none where nothing is encoded.</summary>
    public static Decoder[] Find(HttpHeadersNonValidated headers, HttpFaults faults)
    {
        var names = NamesOf(headers);
        if (names.Length > MaxEncodings) throw Unknown(string.Join(", ", names), faults);
        return [.. Enumerable.Reverse(names).Select(name => DecoderOf(name) ?? throw Unknown(name, faults))];
    }

    /// <summary>Decodes a body that has no end yet, as it comes.</summary>
    public static Stream Open(Stream sent, HttpHeadersNonValidated headers, HttpFaults faults) => NamesOf(headers) switch
    {
        [] => sent,
        ["GZIP" or "X-GZIP"] => new GZipStream(sent, CompressionMode.Decompress),
        ["BR"] => new BrotliStream(sent, CompressionMode.Decompress),
        var names => throw Unknown(string.Join(", ", names), faults),
    };

    /// <summary>Takes all that a stream gives.</summary>
    public static Outcome Drain(Stream decoded, BoundedBuffer to)
    {
        try
        {
            while (decoded.Read(to.Free().Span) is > 0 and var count)
                if (!to.TryAdvance(count)) return Outcome.TooLarge;
            return Outcome.Whole;
        }
        catch (InvalidDataException)
        {
            return Outcome.Broken;
        }
    }

    // In the order in which they were applied, whether in one header or in several.
    private static string[] NamesOf(HttpHeadersNonValidated headers) => headers.TryGetValues("Content-Encoding", out var values)
        ? [.. values.SelectMany(value => value.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Where(name => name != "IDENTITY")]
        : [];

    private static Decoder? DecoderOf(string name) => name switch
    {
        "GZIP" or "X-GZIP" => GzipMembers.Decode,
        "BR" => Brotli,
        "DEFLATE" => Deflate,
        _ => null,
    };

    private static SnapshotSourceException Unknown(string encoding, HttpFaults faults) =>
        faults.Unacceptable($"a body with Content-Encoding '{encoding.ToLowerInvariant()}'", "Send gzip, br, or none.");

    // RFC 9110 means zlib's format; some servers send the bare one. Both end in a last block, so that nothing is wanted beyond it.
    private static Outcome Deflate(BoundedBuffer from, BoundedBuffer to)
    {
        var feed = new ByteFeed(from.WrittenMemory);
        using Stream inflated = IsZlib(from.Written) ? new ZLibStream(feed, CompressionMode.Decompress) : new DeflateStream(feed, CompressionMode.Decompress);
        var outcome = Drain(inflated, to);
        return outcome == Outcome.Whole && feed.RanDry ? Outcome.Broken : outcome;
    }

    // RFC 1950, 2.2: the method, and a check of the first two bytes.
    private static bool IsZlib(ReadOnlySpan<byte> body) => body.Length > 1 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;

    private static Outcome Brotli(BoundedBuffer from, BoundedBuffer to)
    {
        var decoder = default(BrotliDecoder);
        try
        {
            var rest = from.Written;
            while (true)
            {
                var status = decoder.Decompress(rest, to.Free().Span, out var consumed, out var count);
                if (!to.TryAdvance(count)) return Outcome.TooLarge;
                if (status == OperationStatus.Done) return Outcome.Whole;
                if (status != OperationStatus.DestinationTooSmall) return Outcome.Broken;
                rest = rest[consumed..];
            }
        }
        finally
        {
            decoder.Dispose();
        }
    }
}
