using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>What one request gave.</summary>
/// <param name="Address">Where it came from in the end, redirects followed.</param>
/// <param name="Body">The decoded body; null when nothing was modified.</param>
/// <param name="ETag">As sent, quotes and weakness kept; null where none was.</param>
/// <param name="Signature">Over the decoded body; null where none came, or none that can be read.</param>
/// <param name="Changes">Where changes are told; null where they are not.</param>
internal readonly record struct HttpAnswer(Uri Address, byte[]? Body, string? ETag, SnapshotSignature? Signature, Uri? Changes);
