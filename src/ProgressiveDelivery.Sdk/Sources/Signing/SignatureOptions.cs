namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>
/// The public keys that a client trusts. A snapshot, patch or kill that none of them signed is rejected, wherever it comes from:
/// network, file, last-known-good folder. Several are trusted at once while keys are rotated. At least one is required.
/// </summary>
public sealed class SignatureOptions
{
    private readonly List<string> _repeated = [];

    /// <summary>
    /// The public keys by id, each on curve P-256: as PEM (<c>-----BEGIN PUBLIC KEY-----</c>), or as the base64 of its
    /// SubjectPublicKeyInfo, on one line. An id is 1 to 64 ASCII letters, digits, dots, hyphens and underscores.
    /// </summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// A secret of the application's own: the base64 of at least 32 random bytes. It seals operators' acts that survive a restart on disk (HMAC-SHA256, with the client's
    /// name and its source), since no trusted key can sign them. If null, the default, no act survives a restart, and acts on disk are not restored. Never logged.
    /// </summary>
    public string? LocalKey { get; set; }

    /// <summary>
    /// Indicates whether documents are accepted that have no version, no time of publication and no expiry. False by default, since the signature of an
    /// old one stays valid for ever: with true, an old document that is sent again replaces a new one.
    /// </summary>
    public bool AcceptReplayableDocuments { get; set; }

    /// <summary>The ids that <see cref="Add"/> was given more than once.</summary>
    internal IReadOnlyList<string> Repeated => _repeated;

    /// <summary>Trusts a key. A duplicate id is reported when the client starts.</summary>
    /// <param name="keyId">The name of the key in signatures.</param>
    /// <param name="publicKey">The key, as PEM or base64.</param>
    /// <returns>These options.</returns>
    public SignatureOptions Add(string keyId, string publicKey)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        ArgumentNullException.ThrowIfNull(publicKey);
        if (!Keys.TryAdd(keyId, publicKey))
            _repeated.Add(keyId);
        return this;
    }
}
