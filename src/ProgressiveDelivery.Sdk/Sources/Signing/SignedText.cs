namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>Exact bytes, and the signature that came with them.</summary>
/// <param name="Bytes">A document, a patch or a kill, as it was sent.</param>
/// <param name="Signature">The signature; null if none came, or none that can be read.</param>
internal readonly record struct SignedText(ReadOnlyMemory<byte> Bytes, SnapshotSignature? Signature = null);
