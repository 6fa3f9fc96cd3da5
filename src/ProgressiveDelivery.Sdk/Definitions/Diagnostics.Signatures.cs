using System.Globalization;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What can be wrong with a signature.</summary>
internal static partial class Diagnostics
{
    private const int SignatureLength = 64;

    public static SnapshotDiagnostic Unsigned(string path) =>
        Refused(DiagnosticId.Unsigned, path, "The document carries no signature that can be read, and this client trusts only signed snapshots, patches and kills. Sign it, and see that the signature comes along: header 'PD-Signature', file '.sig' beside it, or the event's envelope.");

    public static SnapshotDiagnostic UnknownKey(string path, string keyId, IEnumerable<string> trusted) =>
        Refused(DiagnosticId.UnknownKey, path, $"The document is signed with key {Quote(keyId)}, which is not trusted; trusted are {string.Join(", ", trusted.Select(Quote))}. Add that key's public part to TrustKeys, or sign with a trusted one.");

    public static SnapshotDiagnostic WrongSignature(string path, string keyId, int length) =>
        Refused(DiagnosticId.WrongSignature, path, length == SignatureLength
            ? $"The signature by key {Quote(keyId)} does not fit the document's bytes: they were changed on the way, or another key of that name signed them. Sign the exact bytes that are sent, and compare the public key with the backend's."
            : string.Create(CultureInfo.InvariantCulture, $"The signature by key {Quote(keyId)} has {length} bytes in place of {SignatureLength}. Send r and s, 32 bytes each (IEEE P1363), not DER."));
}
