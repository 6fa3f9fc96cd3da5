namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Offends: it follows the state beside it.</summary>
internal sealed class AcceptanceOffender
{
    public static object Followed(object status) => (Status.ClientStatusTracker)status;
}
