namespace ProgressiveDelivery.Sdk.Client;

/// <summary>Offends: it builds.</summary>
internal sealed class ClientOffender
{
    public static object Built() => new Action(() => _ = typeof(DependencyInjection.ProgressiveDeliveryBuilder).Name);
}
