using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Steering;

/// <content>The adoption of new snapshots over time. A wait is a hold, so that kills, patches, overrides and operators' acts meet it as they meet any other.</content>
internal sealed partial class SnapshotSteering
{
    /// <summary>The plan by which new snapshots of the source are adopted; null if they are adopted at once.</summary>
    public AdoptionPlan? Plan { get; init; }

    /// <summary>Runs within the turn when a wait has begun, changed or ended; quick, and never throws.</summary>
    public Action? WaitChanged { get; set; }

    /// <summary>Runs within the turn when another snapshot comes into force, with its adoption, or null if it came otherwise; quick, and never throws.</summary>
    public Action<Adoption?>? Adopted { get; set; }

    /// <summary>Ends a wait: the newest snapshot comes into force.</summary>
    /// <returns>The adoption.</returns>
    public Adoption Adopt()
    {
        lock (Turn)
        {
            _revision++;
            var adoption = new Adoption(_history.Newest!.Version, InForce!.Version);
            Hold = null;
            PutInForce(_history.Newest, SnapshotChangeCause.Source, status.Replaced);
            return adoption;
        }
    }

    // The first snapshot of the source is adopted at once, as is one that an operator has ordered.
    private void Stage(FeatureSnapshot accepted, bool isOrdered)
    {
        if (Plan is null || Hold is { IsAdoption: false } || accepted.Origin != SnapshotOrigin.Source)
            return;
        var isNews = InForce is { Snapshot.Origin: SnapshotOrigin.Source } inForce && inForce.Version != accepted.Version;
        Hold = isNews && !isOrdered ? Plan.Wait(accepted, InForce!.Version, _history.Newest!.Version, Hold, clock.GetUtcNow()) : null;
    }

    private void TellAdoption(HistoryEntry entry, SnapshotChangeCause cause)
    {
        if (InForce?.Version != entry.Version)
            Adopted?.Invoke(cause == SnapshotChangeCause.Source && InForce is { } before ? new(entry.Version, before.Version) : null);
    }
}
