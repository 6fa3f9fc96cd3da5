using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Outcome = ProgressiveDelivery.Sdk.Sources.Http.BodyEncoding.Outcome;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// Decodes gzip (RFC 1952) member by member. Each must have its checksum and length, which reveals a body that is cut off. Data after
/// the last member, such as padding, is skipped, as the framework does.
/// </summary>
internal static class GzipMembers
{
    private const int FixedHeader = 10;
    private const int Trailer = 8;

    // Empty members cost time and no room: no server sends a snapshot in so many.
    private const int MaxMembers = 65_536;

    private static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    public static Outcome Decode(BoundedBuffer from, BoundedBuffer to)
    {
        var rest = from.WrittenMemory;
        for (var i = 0; i < MaxMembers; i++)
        {
            var outcome = DecodeOne(ref rest, to);
            if (outcome != Outcome.Whole || !BeginsMember(rest.Span)) return outcome;
        }

        return Outcome.Broken;
    }

    // One byte of the magic number alone is a member that is cut off.
    private static bool BeginsMember(ReadOnlySpan<byte> rest) => !rest.IsEmpty && Magic.StartsWith(rest[..Math.Min(rest.Length, Magic.Length)]);

    private static Outcome DecodeOne(ref ReadOnlyMemory<byte> rest, BoundedBuffer to)
    {
        if (HeaderOf(rest.Span) is not { } header) return Outcome.Broken;

        rest = rest[header..];
        var (feed, begin) = (new ByteFeed(rest), to.Length);
        using (var inflated = new DeflateStream(feed, CompressionMode.Decompress))
            if (BodyEncoding.Drain(inflated, to) is not Outcome.Whole and var outcome) return outcome;

        // The inflater does not report how much of the last piece it used; the trailer shows it.
        var from = Math.Max(0, feed.Given - ByteFeed.Piece);
        var end = rest.Span[from..Math.Min(rest.Length, feed.Given + Trailer)].IndexOf(TrailerOf(to.Written[begin..]));
        if (end < 0) return Outcome.Broken;
        rest = rest[(from + end + Trailer)..];
        // The trailer of nothing is zeros, and so may be the byte before it.
        if (to.Length == begin && rest.Length > 1 && rest.Span[0] == 0 && BeginsMember(rest.Span[1..])) rest = rest[1..];
        return Outcome.Whole;
    }

    private static byte[] TrailerOf(ReadOnlySpan<byte> text)
    {
        var trailer = new byte[Trailer];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.HashToUInt32(text));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(4), (uint)text.Length);
        return trailer;
    }

    // The length of a member's header; null where it is none.
    private static int? HeaderOf(ReadOnlySpan<byte> member)
    {
        const int extra = 4, name = 8, comment = 16, checksum = 2, reserved = 0xE0, deflate = 8;
        if (member.Length < FixedHeader || !member.StartsWith(Magic) || member[2] != deflate || (member[3] & reserved) != 0) return null;

        var (flags, at) = (member[3], FixedHeader);
        if ((flags & extra) != 0) at += at + 2 <= member.Length ? 2 + BinaryPrimitives.ReadUInt16LittleEndian(member[at..]) : 2;
        if ((flags & name) != 0) at = AfterText(member, at);
        if ((flags & comment) != 0) at = AfterText(member, at);
        if ((flags & checksum) != 0) at += 2;
        return at <= member.Length ? at : null;
    }

    private static int AfterText(ReadOnlySpan<byte> member, int at) =>
        at <= member.Length && member[at..].IndexOf((byte)0) is >= 0 and var length ? at + length + 1 : int.MaxValue - 2;
}
