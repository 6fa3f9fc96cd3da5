using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Steering;

/// <content>The snapshots that operators look at, and what changes no answer.</content>
internal sealed partial class SnapshotSteering
{
    /// <summary>Returns a snapshot of the history to look at, without effects: as it answers if it is in force, and otherwise by its document alone; null if it is not there.</summary>
    public FeatureSnapshot? Look(long version)
    {
        lock (Turn)
        {
            if (!_isClosed && InForce?.Version == version)
                return store.Current.WithoutEffects();
            return _history.Find(version) is { } entry ? entry.Bare ??= (acceptance.Under(LocalOverlay.None, entry.Snapshot) ?? entry.Snapshot).WithoutEffects() : null;
        }
    }

    /// <summary>Gives the rules in force the observers that there are now. No handler runs.</summary>
    public void Renew()
    {
        lock (Turn)
        {
            if (!_isClosed && store.Current.HasRules)
                store.Publish(store.Current.Renewed());
        }
    }

    /// <summary>Records an operator's act that changes nothing yet.</summary>
    public void Ordered()
    {
        lock (Turn)
        {
            _revision++;
            Show(store.Current, status.Replaced);
        }
    }
}
