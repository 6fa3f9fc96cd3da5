using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>Undoes a <c>Content-Encoding</c>, and notices when the end is missing, which the framework's streams pass over.</summary>
internal static class BodyEncoding
{
    /// <summary>Decodes the first buffer into the second.</summary>
    public delegate Outcome Decoder(BoundedBuffer from, BoundedBuffer to);

    /// <summary>How decoding ended.</summary>
    public enum Outcome
    {
        /// <summary>All of it is there.</summary>
        Whole,

        /// <summary>It is damaged, or its end is missing.</summary>
        Broken,

        /// <summary>It is more than the second buffer takes.</summary>
        TooLarge,
    }

    /// <summary>What decodes a body; null when nothing needs to.</summary>
    public static Decoder? Find(HttpHeadersNonValidated headers, HttpFaults faults)
    {
        var encoding = NameOf(headers);
        return encoding.ToUpperInvariant() switch
        {
            "" or "IDENTITY" => null,
            "GZIP" or "X-GZIP" => Gzip,
            "BR" => Brotli,
            _ => throw Unknown(encoding, faults),
        };
    }

    /// <summary>Decodes a body that has no end yet, as it comes.</summary>
    public static Stream Open(Stream sent, HttpHeadersNonValidated headers, HttpFaults faults)
    {
        var encoding = NameOf(headers);
        return encoding.ToUpperInvariant() switch
        {
            "" or "IDENTITY" => sent,
            "GZIP" or "X-GZIP" => new GZipStream(sent, CompressionMode.Decompress),
            "BR" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => throw Unknown(encoding, faults),
        };
    }

    private static string NameOf(HttpHeadersNonValidated headers) =>
        headers.TryGetValues("Content-Encoding", out var values) ? values.ToString().Trim() : "";

    private static SnapshotSourceException Unknown(string encoding, HttpFaults faults) =>
        faults.Unacceptable($"a body with Content-Encoding '{encoding}'", "Send gzip, br, or none.");

    private static Outcome Gzip(BoundedBuffer from, BoundedBuffer to)
    {
        try
        {
            using var unzipped = new GZipStream(from.AsStream(), CompressionMode.Decompress);
            while (unzipped.Read(to.Free().Span) is > 0 and var count)
                if (!to.TryAdvance(count)) return Outcome.TooLarge;
        }
        catch (InvalidDataException)
        {
            return Outcome.Broken;
        }

        return EndsWithLength(from.Written, to.Length) ? Outcome.Whole : Outcome.Broken;
    }

    // RFC 1952, 2.3.1: the last four bytes hold the length of what was compressed, modulo 2^32.
    private static bool EndsWithLength(ReadOnlySpan<byte> gzip, int length) =>
        gzip.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(gzip[^4..]) == (uint)length;

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
