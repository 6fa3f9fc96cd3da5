using ProgressiveDelivery.Sdk.Backends.Tests.Peers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep.Peers;

/// <summary>A test with OpenFeature's own libraries; skipped where they are missing.</summary>
public class OfrepPeersFactAttribute : FactAttribute
{
    public OfrepPeersFactAttribute() => Skip = NodePeers.Lack
        ?? (File.Exists(Path.Combine(NodePeers.Folder, "ofrep-web.mjs")) ? null : "The programs of tests/peers are of an earlier version: copy them to artifacts/peers, and run 'npm install' there.");
}
