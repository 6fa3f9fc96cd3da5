namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The rollout of new snapshots over the instances of an application. Read once, when the client is made.</summary>
public sealed class AdoptionOptions
{
    /// <summary>
    /// The time over which the instances adopt a new snapshot of the source, each after its own share of it; up to 7 days. Null, the default, or zero: all adopt it at once, and no
    /// instance steps back by itself. Kills are never delayed, and an instance waits no longer than this even if newer snapshots follow.
    /// </summary>
    public TimeSpan? BakeTime { get; set; }

    /// <summary>The text that is hashed with the instance's id and the snapshot's version; <c>adoption</c> by default. Another text puts the instances in another order.</summary>
    public string Salt { get; set; } = "adoption";

    /// <summary>
    /// The share of failures reported to <see cref="ISnapshotHealth"/> that a snapshot may have, above 0 and below 1; 0.05 by default. An instance that proves a higher one within
    /// <see cref="BakeTime"/> after it adopted a snapshot steps back to the snapshot before, and holds it. Null: no instance steps back by itself.
    /// </summary>
    public double? Limit { get; set; } = 0.05;

    /// <summary>The chance, at most, that an adoption whose share of failures stays within <see cref="Limit"/> is ever stepped back; above 0 and below 1, 0.001 by default.</summary>
    public double Alpha { get; set; } = 0.001;

    /// <summary>The number of outcomes after an adoption below which no instance steps back; 100 by default, 0 to 1,000,000.</summary>
    public int MinimumOutcomes { get; set; } = 100;
}
