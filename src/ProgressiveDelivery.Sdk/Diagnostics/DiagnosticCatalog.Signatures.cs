using System.Globalization;

namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>The faults of a signature.</summary>
internal static partial class DiagnosticCatalog
{
    private const int SignatureLength = 64;

    public static SnapshotDiagnostic Unsigned(string path) =>
        Refused(DiagnosticId.Unsigned, path, "The document has no readable signature, and this client trusts only signed snapshots, patches and kills. Sign it, and send the signature with it: header 'PD-Signature', file '.sig' beside it, or the event's envelope.");

    public static SnapshotDiagnostic UnknownKey(string path, string keyId, IEnumerable<string> trusted) =>
        Refused(DiagnosticId.UnknownKey, path, $"The document is signed with key {Quote(keyId)}, which is not trusted; trusted are {string.Join(", ", trusted.Select(Quote))}. Add that key's public part to TrustKeys, or sign with a trusted one.");

    public static SnapshotDiagnostic Replayable(string path) =>
        Refused(DiagnosticId.Replayable, path, "The document has a valid signature, but no version, publication time or expiry: an old one that is sent again could not be recognized. Have the backend sign one of them with it, or set AcceptReplayableDocuments of TrustKeys.");

    public static SnapshotDiagnostic PublishedEarlier(string path, DateTimeOffset published, DateTimeOffset current) =>
        Refused(DiagnosticId.PublishedEarlier, path, string.Create(CultureInfo.InvariantCulture, $"The document was published at {published:u}, and one of {current:u} is in force: an old one is sent again. Publish it again, or, if that is intended, accept it by hand ({AcceptCurrent})."));

    public static SnapshotDiagnostic WrongSignature(string path, string keyId, int length) =>
        Refused(DiagnosticId.WrongSignature, path, length == SignatureLength
            ? $"The signature by key {Quote(keyId)} does not fit the document's bytes: they were changed on the way, or another key of that name signed them. Sign the exact bytes that are sent, and compare the public key with the backend's."
            : string.Create(CultureInfo.InvariantCulture, $"The signature by key {Quote(keyId)} has {length} bytes in place of {SignatureLength}. Send r and s, 32 bytes each (IEEE P1363), not DER."));
}
