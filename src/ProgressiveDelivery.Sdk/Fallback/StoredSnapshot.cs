using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// How a snapshot is stored: one line of text, <c>PDLKG1 &lt;format&gt; &lt;version&gt; &lt;length&gt; &lt;checksum&gt;</c>, then the body's
/// exact bytes. The checksum is XXH128 over the line up to it and the body, so that neither can be changed alone.
/// </summary>
internal static class StoredSnapshot
{
    public const int LongestHead = 512;

    private const string Magic = "PDLKG1";

    /// <summary>The line that goes before a body.</summary>
    public static byte[] Head(string format, long version, ReadOnlySpan<byte> body)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Magic} {Uri.EscapeDataString(format)} {version} {body.Length} ");
        return Encoding.ASCII.GetBytes($"{line}{Checksum(Encoding.ASCII.GetBytes(line), body)}\n");
    }

    /// <summary>Checks a stored file; the body is a part of it, not a copy.</summary>
    public static FallbackOutcome Open(ReadOnlyMemory<byte> file, string format, out ReadOnlyMemory<byte> body)
    {
        body = default;
        var bytes = file.Span;
        var end = bytes[..Math.Min(bytes.Length, LongestHead)].IndexOf((byte)'\n');
        if (end < 0) return bytes.Length < LongestHead ? FallbackOutcome.Truncated : FallbackOutcome.Corrupt;

        var line = Encoding.ASCII.GetString(bytes[..end]);
        if (line.Split(' ') is not [Magic, var stored, _, var text, var checksum] || !TryLength(text, out var length))
            return FallbackOutcome.Corrupt;

        var rest = file[(end + 1)..];
        if (rest.Length < length) return FallbackOutcome.Truncated;
        if (rest.Length > length || checksum != Checksum(bytes[..(end - checksum.Length)], rest.Span)) return FallbackOutcome.Corrupt;
        if (stored != Uri.EscapeDataString(format)) return FallbackOutcome.OtherFormat;

        body = rest;
        return FallbackOutcome.Found;
    }

    private static bool TryLength(string text, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length);

    private static string Checksum(ReadOnlySpan<byte> line, ReadOnlySpan<byte> body)
    {
        var hash = new XxHash128();
        hash.Append(line);
        hash.Append(body);
        return hash.GetCurrentHashAsUInt128().ToString("x32", CultureInfo.InvariantCulture);
    }
}
