using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The trips of guards and the positions of rollouts, as they survive a restart. Equal if their contents are.</summary>
/// <param name="Trips">The trips that hold.</param>
/// <param name="Ramps">The positions that hold.</param>
internal sealed record CanaryState(IReadOnlyList<GuardTrip> Trips, IReadOnlyList<RampPosition> Ramps)
{
    public static CanaryState None { get; } = new([], []);

    public bool IsEmpty => Trips.Count == 0 && Ramps.Count == 0;

    /// <summary>Returns it without the flags in a set.</summary>
    public CanaryState Without(IReadOnlySet<string> flags) =>
        new([.. Trips.Where(trip => !flags.Contains(trip.Flag))], [.. Ramps.Where(ramp => !flags.Contains(ramp.Flag))]);

    public bool Equals(CanaryState? other) => other is not null && Trips.SequenceEqual(other.Trips) && Ramps.SequenceEqual(other.Ramps);

    public override int GetHashCode() => HashCode.Combine(Trips.Count, Ramps.Count);
}
