using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>A guard and its evidence.</summary>
internal sealed record GuardContent
{
    public required string Flag { get; init; }

    public required string Guard { get; init; }

    public required string Variant { get; init; }

    public string? Against { get; init; }

    public required GuardResult Result { get; init; }

    public required bool DryRun { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required long Outcomes { get; init; }

    public required long Bad { get; init; }

    public IntervalContent? Share { get; init; }

    public required long AgainstOutcomes { get; init; }

    public required long AgainstBad { get; init; }

    public IntervalContent? AgainstShare { get; init; }

    public IntervalContent? Difference { get; init; }

    public required long Surplus { get; init; }

    /// <summary>Null if it is infinite.</summary>
    public double? LogEvidence { get; init; }

    public double? LogThreshold { get; init; }

    public required string Promise { get; init; }

    public TripContent? Trip { get; init; }

    /// <summary>The points of a chart; null where many guards are listed.</summary>
    public IEnumerable<EvidenceContent>? Evidence { get; init; }

    public static GuardContent Of(GuardStatus guard) => new()
    {
        Flag = guard.Flag,
        Guard = guard.Guard,
        Variant = guard.Variant,
        Against = guard.Against,
        Result = guard.Result,
        DryRun = guard.IsDryRun,
        Since = guard.Since,
        Outcomes = guard.Outcomes,
        Bad = guard.Bad,
        Share = IntervalContent.Of(guard.Share),
        AgainstOutcomes = guard.AgainstOutcomes,
        AgainstBad = guard.AgainstBad,
        AgainstShare = IntervalContent.Of(guard.AgainstShare),
        Difference = IntervalContent.Of(guard.Difference),
        Surplus = guard.Surplus,
        LogEvidence = Finite.Of(guard.LogEvidence),
        LogThreshold = Finite.Of(guard.LogThreshold),
        Promise = guard.Promise,
        Trip = guard.Trip is { } trip ? TripContent.Of(trip) : null,
    };

    /// <summary>Describes a guard with the points of its chart.</summary>
    public static GuardContent WithEvidence(GuardStatus guard) => Of(guard) with { Evidence = guard.Evidence.Select(static point => new EvidenceContent(point.Outcomes, Finite.Of(point.LogEvidence))) };
}

/// <summary>A share and its interval.</summary>
internal sealed record IntervalContent(double Estimate, double Low, double High)
{
    public static IntervalContent? Of(ShareInterval? share) => share is null ? null : new(share.Estimate, share.Low, share.High);
}

/// <summary>The evidence at one moment.</summary>
internal sealed record EvidenceContent(long Outcomes, double? LogEvidence);

/// <summary>Numbers that JSON can hold.</summary>
internal static class Finite
{
    /// <summary>Returns a number; null if it is infinite or not a number.</summary>
    public static double? Of(double number) => double.IsFinite(number) ? number : null;
}

/// <summary>A trip that holds.</summary>
internal sealed record TripContent
{
    public required string Flag { get; init; }

    public required string Guard { get; init; }

    public required string Variant { get; init; }

    public required GuardResponse Response { get; init; }

    public string? Served { get; init; }

    public required string Evidence { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required long Version { get; init; }

    public required long Attempt { get; init; }

    public decimal? ProbePercent { get; init; }

    public required int Probes { get; init; }

    public DateTimeOffset? NextProbe { get; init; }

    public static TripContent Of(GuardTrip trip) => new()
    {
        Flag = trip.Flag,
        Guard = trip.Guard,
        Variant = trip.Variant,
        Response = trip.Response,
        Served = trip.Served,
        Evidence = trip.Evidence,
        Since = trip.Since,
        Version = trip.Version,
        Attempt = trip.Attempt,
        ProbePercent = trip.ProbePercent,
        Probes = trip.Probes,
        NextProbe = trip.NextProbe,
    };
}
