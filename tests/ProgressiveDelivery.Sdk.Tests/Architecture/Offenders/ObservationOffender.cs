namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>Offends: it knows snapshots.</summary>
internal sealed class ObservationOffender
{
    public static bool HasRules(Snapshots.FeatureSnapshot snapshot) => snapshot.HasRules;
}
