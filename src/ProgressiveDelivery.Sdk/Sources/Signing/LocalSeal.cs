using System.Security.Cryptography;
using System.Text;

namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>
/// Seals the files that this application writes for itself, by a key of its own (HMAC-SHA256), and verifies them. A seal binds the client and its source: a
/// file of another client or environment does not have it. Safe to use from any thread.
/// </summary>
/// <param name="key">The key, as base64.</param>
/// <param name="client">The client's name.</param>
/// <param name="source">The identity of its source, and so of its environment.</param>
internal sealed class LocalSeal(string key, string client, string source)
{
    /// <summary>The shortest key, in bytes.</summary>
    public const int MinKeyBytes = 32;

    private const string Domain = "progressive-delivery-local-seal/1";
    private const string KeyId = "local";

    // The lengths in front keep ("a", "bc") and ("ab", "c") apart.
    private readonly byte[] _bound = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Domain}\n{client.Length}:{client}\n{source.Length}:{source}\n"));
    private readonly byte[] _key = Convert.FromBase64String(key);

    /// <summary>Returns a text with its seal.</summary>
    public SignedText Seal(ReadOnlyMemory<byte> text) => new(text, new(KeyId, MacOf(text)));

    /// <summary>Returns whether a text has its seal.</summary>
    public bool Fits(SignedText text) =>
        text.Signature is { KeyId: KeyId } seal && CryptographicOperations.FixedTimeEquals(seal.Value.Span, MacOf(text.Bytes));

    /// <summary>Returns the error in a key; null if there is none. Never shows the key.</summary>
    public static string? FaultOf(string key)
    {
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var length))
            return "it is not base64; give the base64 of at least 32 random bytes, such as 'openssl rand -base64 32' prints.";
        CryptographicOperations.ZeroMemory(bytes);
        return length >= MinKeyBytes ? null : FormattableString.Invariant($"it has {length} bytes; give the base64 of at least {MinKeyBytes} random bytes, such as 'openssl rand -base64 32' prints.");
    }

    private byte[] MacOf(ReadOnlyMemory<byte> text)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(_bound);
        mac.AppendData(text.Span);
        return mac.GetHashAndReset();
    }
}
