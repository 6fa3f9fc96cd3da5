namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Offends: it uses what stands beside it.</summary>
internal sealed class CanaryOffender
{
    public static object Loop(object loop) => (Refresh.RefreshLoop)loop;
}
