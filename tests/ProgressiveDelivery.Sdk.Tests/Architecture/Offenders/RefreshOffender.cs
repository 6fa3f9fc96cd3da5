namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>Offends: it is a client.</summary>
internal sealed class RefreshOffender
{
    public static object Client(object client) => (Client.FeatureClient)client;
}
