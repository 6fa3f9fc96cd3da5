using System.Globalization;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The time at which this instance adopts a new snapshot: a share of the bake time, by the hash of instance and version. Immutable.</summary>
internal sealed class AdoptionPlan(TimeSpan bakeTime, string instance, string salt)
{
    /// <summary>The author of waits and steps back.</summary>
    public const string Author = "snapshot canary";

    private readonly Salt _salt = new(salt);

    /// <summary>Returns the wait of a version that nothing else delays; at least zero, and less than the bake time.</summary>
    public TimeSpan DelayOf(long version) =>
        bakeTime * (_salt.Position(string.Create(CultureInfo.InvariantCulture, $"{instance}/{version}")) / (double)Salt.Positions);

    /// <summary>Returns the hold that lets a new snapshot wait; null if it is due.</summary>
    /// <param name="next">The new snapshot.</param>
    /// <param name="held">The version in force.</param>
    /// <param name="newest">The newest accepted version before it.</param>
    /// <param name="wait">The wait of that version; null if it does not wait.</param>
    /// <param name="now">The time.</param>
    public SnapshotHold? Wait(FeatureSnapshot next, long held, long newest, SnapshotHold? wait, DateTimeOffset now)
    {
        // A patch waits with what it patches, and a version that comes again with what came before.
        if (wait is not null && (next.IsPatched || next.Version == newest))
            return wait;
        var since = wait?.Since ?? now;
        var (own, latest) = (now + DelayOf(next.Version), since + bakeTime);
        var due = own < latest ? own : latest;
        return due <= now ? null : new()
        {
            Version = held,
            By = Author,
            Reason = string.Create(CultureInfo.InvariantCulture, $"This instance adopts a new snapshot within {bakeTime}."),
            Since = since,
            ExpiresAt = due,
            IsAdoption = true,
        };
    }
}
