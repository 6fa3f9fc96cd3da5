using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Encrypted parts of a payload: AES in CBC mode with PKCS #7 padding. The vector and the text are in Base64, with a dot between.</summary>
internal static class EncryptedText
{
    private const int KeyBytes = 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the clear text, or null if the key is wrong or the text is damaged.</summary>
    public static string? TryDecrypt(string text, string key)
    {
        if (text.Split('.') is not [var start, var cipher] || Bytes(key) is not { Length: KeyBytes } secret || Bytes(start) is not { Length: KeyBytes } vector || Bytes(cipher) is not { } bytes)
            return null;
        try
        {
            using var aes = Aes.Create();
            aes.Key = secret;
            return Utf8.GetString(aes.DecryptCbc(bytes, vector));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Returns whether a text is a key.</summary>
    public static bool IsKey(string text) => Bytes(text) is { Length: KeyBytes };

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Base64.IsValid(text) && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
