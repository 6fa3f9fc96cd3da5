using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>The answer to one request.</summary>
/// <param name="Address">The final address, redirects followed.</param>
/// <param name="Body">The decoded body; null when nothing was modified.</param>
/// <param name="ETag">The tag as sent, quotes and weakness kept; null if there was none.</param>
/// <param name="Signature">The signature over the decoded body; null if none came, or none that can be read.</param>
/// <param name="Changes">The address of a stream that reports changes; null if there is none.</param>
internal readonly record struct HttpAnswer(Uri Address, byte[]? Body, string? ETag, SnapshotSignature? Signature, Uri? Changes);
