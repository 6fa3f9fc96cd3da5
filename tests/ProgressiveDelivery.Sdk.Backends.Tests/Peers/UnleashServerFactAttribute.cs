namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>A test against a real Unleash server, skipped where it or its database is missing.</summary>
public sealed class UnleashServerFactAttribute : FactAttribute
{
    public UnleashServerFactAttribute() => Skip = NodePeers.Lack ?? UnleashServer.Lack;
}
