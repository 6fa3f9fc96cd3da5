using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>A backend's key.</summary>
internal sealed class Signer(string id = "2026-a") : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Id => id;

    /// <summary>What clients are given.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    public string PublicBase64 => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public string PrivatePem => _key.ExportECPrivateKeyPem();

    public SnapshotSignature Sign(string text) => SnapshotSignature.Sign(_key, id, Encoding.UTF8.GetBytes(text));

    public SignedText Signed(string text) => new(Encoding.UTF8.GetBytes(text), Sign(text));

    /// <summary>The envelope of an event.</summary>
    public string Envelope(string text)
    {
        var signature = Sign(text).ToString();
        return JsonSerializer.Serialize(new { key = id, sig = signature[(signature.IndexOf("sig=", StringComparison.Ordinal) + 4)..], data = text });
    }

    public void Dispose() => _key.Dispose();
}
