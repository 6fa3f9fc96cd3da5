namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Offends: it refreshes.</summary>
internal sealed class SteeringOffender
{
    public static object Refreshed(object loop) => Convert<Refresh.RefreshLoop>(loop);

    private static T Convert<T>(object loop) => (T)loop;
}
