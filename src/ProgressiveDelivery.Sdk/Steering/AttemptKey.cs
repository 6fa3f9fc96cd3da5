using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>A guard or a rollout in one attempt of its flag.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Name">The guard's id, or the rollout's rule; null for the rollout of the flag's default.</param>
/// <param name="Attempt">The attempt.</param>
internal readonly record struct AttemptKey(string Flag, string? Name, long Attempt) : IComparable<AttemptKey>
{
    public static AttemptKey Of(GuardTrip trip) => new(trip.Flag, trip.Guard, trip.Attempt);

    public static AttemptKey Of(RampPosition position) => new(position.Flag, position.Rule, position.Attempt);

    public int CompareTo(AttemptKey other)
    {
        var order = string.CompareOrdinal(Flag, other.Flag);
        if (order == 0)
            order = string.CompareOrdinal(Name, other.Name);
        return order == 0 ? Attempt.CompareTo(other.Attempt) : order;
    }
}
