using System.Security.Cryptography;

namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>Reads a public key as people keep it: PEM, or the base64 of its SubjectPublicKeyInfo. No message shows any of it.</summary>
internal static class PublicKeyText
{
    private const string Remedy = "Give a public key on curve P-256, as PEM ('-----BEGIN PUBLIC KEY-----') or as the base64 of its SubjectPublicKeyInfo.";

    /// <summary>Returns the key; null, with the fault, if the text is not a key.</summary>
    public static ECParameters? Read(string? text, out string? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(text))
            fault = $"is empty. {Remedy}";
        else if (BytesOf(text, ref fault) is { } bytes)
            return Import(bytes, out fault);
        return null;
    }

    public static bool IsP256(ECParameters key) =>
        key.Curve.IsNamed && (key.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value || key.Curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256");

    private static byte[]? BytesOf(string text, ref string? fault)
    {
        if (!PemEncoding.TryFind(text, out var pem))
            return Decode(text, ref fault);

        var label = text[pem.Label];
        if (label == "PUBLIC KEY")
            return Decode(text[pem.Base64Data], ref fault);
        fault = label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)
            ? $"is a private key, which does not belong here. {Remedy}"
            : $"is no public key. {Remedy}";
        return null;
    }

    private static byte[]? Decode(string base64, ref string? fault)
    {
        var bytes = new byte[base64.Length];
        if (Convert.TryFromBase64String(base64, bytes, out var length))
            return bytes[..length];
        fault = $"is neither PEM nor base64. {Remedy}";
        return null;
    }

    private static ECParameters? Import(byte[] bytes, out string? fault)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(bytes, out _);
            var parameters = key.ExportParameters(includePrivateParameters: false);
            fault = IsP256(parameters) ? null : $"is on another curve. {Remedy}";
            return fault is null ? parameters : null;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException or NotSupportedException)
        {
            fault = $"is no such key. {Remedy}";
            return null;
        }
    }
}
