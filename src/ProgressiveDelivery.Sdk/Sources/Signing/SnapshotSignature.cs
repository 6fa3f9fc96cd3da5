using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>
/// The signature of a document and the name of its key. It is made by ECDSA on curve P-256 with SHA-256 over the document's exact
/// bytes, in the form of IEEE P1363 (<c>r</c> and <c>s</c>, 32 bytes each). As text it is <c>key=2026-a, sig=…</c>, the signature in
/// base64url without padding: the value of the header <see cref="HeaderName"/>, and the content of a <c>.sig</c> file. Immutable.
/// </summary>
public sealed class SnapshotSignature
{
    /// <summary>The HTTP header that carries a signature: <c>PD-Signature</c>.</summary>
    public const string HeaderName = "PD-Signature";

    internal const int MaxText = 1_024;

    private const int MaxKeyId = 64;
    private static readonly SearchValues<char> KeyIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Makes a signature from its parts; it is checked together with the document.</summary>
    /// <param name="keyId">The name of the key: 1 to 64 ASCII letters, digits, dots, hyphens and underscores.</param>
    /// <param name="value">The signature.</param>
    /// <exception cref="ArgumentException"><paramref name="keyId"/> has another form.</exception>
    public SnapshotSignature(string keyId, ReadOnlyMemory<byte> value)
    {
        if (!IsKeyId(keyId))
            throw new ArgumentException("A key's id is 1 to 64 ASCII letters, digits, dots, hyphens and underscores.", nameof(keyId));
        (KeyId, Value) = (keyId, value);
    }

    /// <summary>The name of the key that made it.</summary>
    public string KeyId { get; }

    /// <summary>The signature's bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Signs a document: for backends in .NET, and for tests.</summary>
    /// <param name="key">The private key, on curve P-256.</param>
    /// <param name="keyId">The name that clients know the key by.</param>
    /// <param name="content">The exact bytes that are sent.</param>
    /// <exception cref="ArgumentException">The key is on another curve, or its id has another form.</exception>
    /// <exception cref="CryptographicException"><paramref name="key"/> has no private part.</exception>
    public static SnapshotSignature Sign(ECDsa key, string keyId, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!PublicKeyText.IsP256(key.ExportParameters(includePrivateParameters: false)))
            throw new ArgumentException("The key is not on curve P-256 (secp256r1). Make one with ECDsa.Create(ECCurve.NamedCurves.nistP256).", nameof(key));
        return new(keyId, key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    /// <summary>Reads <c>key=…, sig=…</c>, in either order; other parameters are passed over.</summary>
    /// <param name="text">A header's value, or the content of a <c>.sig</c> file.</param>
    /// <param name="signature">The signature; null if the text is not one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SnapshotSignature? signature)
    {
        signature = null;
        if (text is null or { Length: > MaxText })
            return false;

        string? keyId = null, value = null;
        foreach (var parameter in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (parameter.StartsWith("key=", StringComparison.Ordinal) && keyId is null)
                keyId = parameter[4..];
            else if (parameter.StartsWith("sig=", StringComparison.Ordinal) && value is null)
                value = parameter[4..];
        }

        signature = Of(keyId, value);
        return signature is not null;
    }

    /// <summary>The signature as text, as a header or a <c>.sig</c> file holds it.</summary>
    public override string ToString() => $"key={KeyId}, sig={Base64Url.Encode(Value.Span)}";

    /// <summary>Makes a signature from its parts as text; null if one of them is malformed.</summary>
    internal static SnapshotSignature? Of(string? keyId, string? value) =>
        IsKeyId(keyId) && value is { Length: <= MaxText } && Base64Url.Decode(value) is { } bytes ? new(keyId, bytes) : null;

    internal static bool IsKeyId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxKeyId } && !text.AsSpan().ContainsAnyExcept(KeyIdCharacters);
}
