using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>A coding of a response's body.</summary>
/// <param name="Place">Its place among all.</param>
/// <param name="Name">Its name in headers; null for none.</param>
/// <param name="Suffix">The end of the entity tag of a body in this coding.</param>
internal sealed record ContentCoding(int Place, string? Name, string Suffix)
{
    private const int MinLength = 512;
    private const int LargeLength = 4 * 1024 * 1024;

    public static readonly ContentCoding None = new(0, null, "");
    private static readonly ContentCoding Brotli = new(1, "br", "-br");
    private static readonly ContentCoding GZip = new(2, "gzip", "-gz");

    /// <summary>The number of codings.</summary>
    public const int Count = 3;

    /// <summary>Returns the best coding that a reader accepts.</summary>
    public static ContentCoding Choose(StringValues accepted, int length)
    {
        if (length < MinLength || StringValues.IsNullOrEmpty(accepted) || !StringWithQualityHeaderValue.TryParseList(accepted, out var codings))
            return None;
        return Accepts(codings, "br") ? Brotli : Accepts(codings, "gzip") ? GZip : None;
    }

    /// <summary>Returns a body in this coding.</summary>
    public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> body)
    {
        if (this == None)
            return body;
        var output = new MemoryStream();
        // Large ones are wanted at once by the first reader.
        var level = body.Length > LargeLength ? CompressionLevel.Fastest : CompressionLevel.Optimal;
        using (Stream encoder = this == Brotli ? new BrotliStream(output, level, leaveOpen: true) : new GZipStream(output, level, leaveOpen: true))
            encoder.Write(body.Span);
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> codings, string name) =>
        codings.Any(coding => coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}
