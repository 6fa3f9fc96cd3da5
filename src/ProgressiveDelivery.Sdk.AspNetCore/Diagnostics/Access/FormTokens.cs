using System.Buffers.Binary;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>
/// Issues and checks tokens against forgery. A token holds for one mapping of one process, as acts do, for one user, and for twelve hours. It needs no cookie and no data protection:
/// another site cannot read it, and cannot make it without the key. Safe to use from any thread.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class FormTokens(TimeProvider clock)
{
    private const int SaltLength = 16;
    private const int HeadLength = SaltLength + sizeof(long);
    private const int Length = HeadLength + HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly string[] IdClaims = ["sub", ClaimTypes.NameIdentifier, ClaimTypes.Upn];

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Returns a new token for a user. No two are equal, so compressed answers give none away.</summary>
    public string Create(ClaimsPrincipal user)
    {
        Span<byte> token = stackalloc byte[Length];
        RandomNumberGenerator.Fill(token[..SaltLength]);
        BinaryPrimitives.WriteInt64BigEndian(token[SaltLength..], clock.GetUtcNow().UtcTicks);
        Sign(token[..HeadLength], user, token[HeadLength..]);
        return WebEncoders.Base64UrlEncode(token);
    }

    /// <summary>Returns true for a token of this mapping and this user that has not expired.</summary>
    public bool IsValid(string? text, ClaimsPrincipal user)
    {
        if (Decode(text) is not { Length: Length } bytes)
            return false;
        ReadOnlySpan<byte> token = bytes;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(token[..HeadLength], user, expected);
        if (!CryptographicOperations.FixedTimeEquals(token[HeadLength..], expected))
            return false;
        var age = clock.GetUtcNow().UtcTicks - BinaryPrimitives.ReadInt64BigEndian(token[SaltLength..]);
        return age >= -TimeSpan.TicksPerMinute && age <= Lifetime.Ticks;
    }

    private static byte[]? Decode(string? text)
    {
        if (text is null || text.Length > 2 * Length)
            return null;
        try
        {
            return WebEncoders.Base64UrlDecode(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Sign(ReadOnlySpan<byte> head, ClaimsPrincipal user, Span<byte> result)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(head);
        mac.AppendData(Encoding.UTF8.GetBytes(IdOf(user)));
        mac.GetHashAndReset(result);
    }

    private static string IdOf(ClaimsPrincipal user)
    {
        if (!user.Identities.Any(static identity => identity.IsAuthenticated))
            return "";
        foreach (var type in IdClaims)
        {
            if (user.FindFirst(type) is { } claim)
                return string.Join('\n', claim.Issuer, claim.Type, claim.Value);
        }

        return string.Join('\n', user.Claims.Select(static claim => claim.Issuer + '\n' + claim.Type + '\n' + claim.Value).Order(StringComparer.Ordinal));
    }
}
