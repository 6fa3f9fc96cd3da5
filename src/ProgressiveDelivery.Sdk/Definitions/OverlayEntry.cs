using System.Globalization;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>One outcome that a flag serves in place of its rules.</summary>
/// <param name="Flag">The flag's key.</param>
/// <param name="Outcome">The outcome for every unit: a variant, a split, or a rollout of one of these.</param>
/// <param name="Reason">The reason of the answers. It also ranks the entries of a flag, in the order of <see cref="EvaluationReason"/>.</param>
internal sealed record OverlayEntry(string Flag, OutcomeDefinition Outcome, EvaluationReason Reason)
{
    private const int Decimals = 4;

    /// <summary>The attempt of the flag that it holds for; it has no effect on a flag with a higher one. Null if it holds for all.</summary>
    public long? Attempt { get; init; }

    /// <summary>Creates the entry of an operator's override.</summary>
    public static OverlayEntry OfOverride(string flag, string variant) => new(flag, new VariantOutcome(variant), EvaluationReason.Override);

    /// <summary>Creates the entry of a kill by the backend.</summary>
    public static OverlayEntry Of(SnapshotKill kill) => new(kill.Flag, new VariantOutcome(kill.Variant), EvaluationReason.Killed);

    /// <summary>Creates the entry of a tripped guard: the variant served in place, and during a probe the watched one for its share.</summary>
    /// <exception cref="ArgumentException">The guard reverts to no variant.</exception>
    public static OverlayEntry Of(GuardTrip trip)
    {
        if (trip is not { Response: GuardResponse.Revert, Served: { } served })
            throw new ArgumentException($"Guard '{trip.Guard}' of flag '{trip.Flag}' reverts to no variant. Make entries of reverting guards only.", nameof(trip));
        return new(trip.Flag, trip.ProbePercent is { } percent ? Probe(trip, percent, served) : new VariantOutcome(served), EvaluationReason.Guarded) { Attempt = trip.Attempt };
    }

    // A salt for each probe: it should not always be the same units that try a variant which was found bad. A share from disk may have any form.
    private static RolloutOutcome Probe(GuardTrip trip, decimal percent, string served) => new()
    {
        To = new VariantOutcome(trip.Variant),
        Percent = Math.Round(Math.Clamp(percent, 0, 100), Decimals, MidpointRounding.ToZero),
        Else = served,
        Salt = string.Create(CultureInfo.InvariantCulture, $"{trip.Flag}/{trip.Guard}/probe-{trip.Probes}"),
    };
}
