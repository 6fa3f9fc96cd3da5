namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>A comparison with vendors' own libraries, skipped where they are missing.</summary>
public sealed class NodePeersTheoryAttribute : TheoryAttribute
{
    public NodePeersTheoryAttribute() => Skip = NodePeers.Lack;
}
