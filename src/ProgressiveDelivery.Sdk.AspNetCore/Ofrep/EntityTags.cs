using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>Entity tags of answers.</summary>
internal static class EntityTags
{
    private const int Bytes = 16;

    /// <summary>Returns the strong tag of a body: the same for the same bytes, in every process.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"\"{Convert.ToHexString(hash[..Bytes])}\"";
    }

    /// <summary>Returns whether <c>If-None-Match</c> names a tag, as a weak one too, or any tag. One that is malformed names none.</summary>
    public static bool Names(StringValues ifNoneMatch, string tag) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out var known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Tag.Equals(tag, StringComparison.Ordinal));
}
