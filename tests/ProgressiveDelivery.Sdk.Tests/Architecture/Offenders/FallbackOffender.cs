namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>Offends: it holds a snapshot.</summary>
internal sealed class FallbackOffender
{
    public static void Held(ref Snapshots.FeatureSnapshot? snapshot) => snapshot = null;
}
