using System.Collections.Frozen;
using System.Security.Cryptography;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>The public keys that a client trusts, by id. Safe to use from any thread.</summary>
internal sealed class TrustedKeys(SignatureOptions options)
{
    // Parameters, not key objects: those would need an owner to dispose them, and are not for several threads.
    private readonly FrozenDictionary<string, ECParameters> _keys =
        options.Keys.ToFrozenDictionary(key => key.Key, key => PublicKeyText.Read(key.Value, out _)!.Value, StringComparer.Ordinal);

    /// <summary>Indicates whether documents that nothing distinguishes from older ones are accepted.</summary>
    public bool AcceptsReplayableDocuments { get; } = options.AcceptReplayableDocuments;

    /// <summary>Returns the fault of a text; null if one of the keys signed exactly these bytes.</summary>
    public SnapshotDiagnostic? FaultOf(SignedText text)
    {
        if (text.Signature is not { } signature)
            return DiagnosticCatalog.Unsigned(JsonPath.Root);
        if (!_keys.TryGetValue(signature.KeyId, out var parameters))
            return DiagnosticCatalog.UnknownKey(JsonPath.Root, signature.KeyId, _keys.Keys.Order(StringComparer.Ordinal));

        using var key = ECDsa.Create(parameters);
        return key.VerifyData(text.Bytes.Span, signature.Value.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ? null
            : DiagnosticCatalog.WrongSignature(JsonPath.Root, signature.KeyId, signature.Value.Length);
    }
}
