namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>
/// Whose snapshots a client believes. With keys, a snapshot, patch or kill that none of them signed is refused, wherever it comes
/// from: network, file, last-known-good folder. Several are trusted at once while keys are rotated. At least one is required.
/// </summary>
public sealed class SignatureOptions
{
    private readonly List<string> _repeated = [];

    /// <summary>
    /// The public keys by id, each on curve P-256: as PEM (<c>-----BEGIN PUBLIC KEY-----</c>), or as the base64 of its
    /// SubjectPublicKeyInfo, on one line. An id is 1 to 64 ASCII letters, digits, dots, hyphens and underscores.
    /// </summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The ids that <see cref="Add"/> was given more than once.</summary>
    internal IReadOnlyList<string> Repeated => _repeated;

    /// <summary>Trusts a key. An id that is there already is told when the client starts.</summary>
    /// <param name="keyId">The name that signatures know it by.</param>
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
