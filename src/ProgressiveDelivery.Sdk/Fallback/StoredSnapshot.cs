using System.Globalization;
using System.IO.Hashing;
using System.Text;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// The content of one file: a line of text, <c>PDLKG1 &lt;format&gt; &lt;version&gt; &lt;texts&gt; &lt;length&gt; &lt;checksum&gt;</c>, then each
/// text: a line with its length and its signature (<c>-</c> for none), its exact bytes, a line's end. The checksum is XXH128 over
/// the first line up to it and all that follows, so that no part can be changed alone.
/// </summary>
/// <param name="Format">The name of the texts' format.</param>
/// <param name="Version">The version that they make up.</param>
/// <param name="Texts">A document and the patches that followed it; or kills.</param>
internal sealed record StoredSnapshot(string Format, long Version, IReadOnlyList<SignedText> Texts)
{
    public const int MaxHead = 512;
    public const int MaxTextHead = SnapshotSignature.MaxText + 16;

    /// <summary>Indicates whether it is newer than kept files with a higher version. Not part of the file.</summary>
    public bool Supersedes { get; init; }

    /// <summary>Returns the size of the largest file whose texts have a number of bytes at most.</summary>
    public static int MaxFile(int texts) => (int)Math.Min((long)texts + MaxHead + MaxTextHead, Array.MaxLength);

    private const string Magic = "PDLKG1";
    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <summary>Returns the file's content, in pieces: no text is copied.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Write()
    {
        var pieces = new List<ReadOnlyMemory<byte>>(1 + (3 * Texts.Count)) { default };
        foreach (var (bytes, signature) in Texts)
        {
            pieces.Add(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} {signature?.ToString() ?? "-"}\n")));
            pieces.Add(bytes);
            pieces.Add(LineEnd);
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"{Magic} {Uri.EscapeDataString(Format)} {Version} {Texts.Count} {pieces.Sum(piece => (long)piece.Length)} ");
        pieces[0] = Encoding.ASCII.GetBytes(line);
        pieces[0] = Encoding.ASCII.GetBytes($"{line}{Checksum(pieces)}\n");
        return pieces;
    }

    /// <summary>Checks a file and takes it apart; the texts are parts of it, not copies.</summary>
    public static FallbackOutcome Open(ReadOnlyMemory<byte> file, out StoredSnapshot? stored)
    {
        stored = null;
        var end = file.Span[..Math.Min(file.Length, MaxHead)].IndexOf((byte)'\n');
        if (end < 0) return file.Length < MaxHead ? FallbackOutcome.Truncated : FallbackOutcome.Corrupt;

        var line = Encoding.ASCII.GetString(file.Span[..end]);
        if (line.Split(' ') is not [Magic, var format, var version, var texts, var length, var checksum] || Number(length) is not { } whole)
            return FallbackOutcome.Corrupt;

        var rest = file[(end + 1)..];
        if (rest.Length < whole) return FallbackOutcome.Truncated;
        if (rest.Length > whole || checksum != Checksum([file[..(end - checksum.Length)], rest])) return FallbackOutcome.Corrupt;

        stored = Number(version) is { } number && Number(texts) is { } count && TakeApart(rest, count) is { } found ? new(Uri.UnescapeDataString(format), number, found) : null;
        return stored is null ? FallbackOutcome.Corrupt : FallbackOutcome.Found;
    }

    private static List<SignedText>? TakeApart(ReadOnlyMemory<byte> rest, long count)
    {
        var texts = new List<SignedText>();
        for (var i = 0; i < count; i++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (end < 0 || Encoding.ASCII.GetString(rest.Span[..end]).Split(' ', 2) is not [var text, var signature]) return null;
            if (Number(text) is not { } length || length > rest.Length - end - 2) return null;

            texts.Add(new(rest.Slice(end + 1, (int)length), SnapshotSignature.TryParse(signature, out var known) ? known : null));
            rest = rest[(end + 2 + (int)length)..];
        }

        return texts;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Checksum(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var hash = new XxHash128();
        foreach (var piece in pieces) hash.Append(piece.Span);
        return hash.GetCurrentHashAsUInt128().ToString("x32", CultureInfo.InvariantCulture);
    }
}
