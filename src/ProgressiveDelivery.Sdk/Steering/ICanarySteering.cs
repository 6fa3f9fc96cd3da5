using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// The acts of guards and gates on the snapshot in force. Each takes effect before it returns, on the next evaluation, and is written to disk after that. None of them
/// waits for the disk or throws. Safe to call from any thread.
/// </summary>
internal interface ICanarySteering
{
    /// <summary>The trips that hold, by flag, guard and attempt. A trip that only warns is none of them.</summary>
    IReadOnlyList<GuardTrip> Trips { get; }

    /// <summary>The positions of rollouts that hold, by flag, rule and attempt.</summary>
    IReadOnlyList<RampPosition> Ramps { get; }

    /// <summary>
    /// Trips a guard; returns false if it has tripped in this attempt already, the flag has begun a higher attempt, or the client has ended. Rules of a lower attempt, after a
    /// step back, are not affected.
    /// </summary>
    bool Trip(GuardTrip trip);

    /// <summary>Replaces a trip: a probe begins or ends. Returns false if the trip does not hold any more.</summary>
    bool Probe(GuardTrip before, GuardTrip after, string why);

    /// <summary>Ends a trip: a probe found the variant good, or found no evidence against it. Returns false if it does not hold any more.</summary>
    bool Close(GuardTrip trip, string why);

    /// <summary>Moves a rollout past a gate, pauses it or steps it back. Returns false if the client has ended, or the flag has begun a higher attempt.</summary>
    bool Move(RampPosition position);

    /// <summary>Calls a handler after each change of trips and positions, and of the rules in force. It runs within the turn: quick, and never throws.</summary>
    void OnChange(Action changed);
}
