using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk;

/// <summary>A guard, as this process sees it: its evidence against its threshold.</summary>
public sealed record GuardStatus
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The guard's id.</summary>
    public required string Guard { get; init; }

    /// <summary>The variant that is watched.</summary>
    public required string Variant { get; init; }

    /// <summary>The variant that it is compared with; null for a comparison with a limit.</summary>
    public string? Against { get; init; }

    /// <summary>The result now.</summary>
    public GuardResult Result { get; init; }

    /// <summary>The trip that holds; null if there is none.</summary>
    public GuardTrip? Trip { get; init; }

    /// <summary>Indicates whether a trip only shows.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The time since which outcomes are counted.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The number of outcomes of the variant.</summary>
    public long Outcomes { get; init; }

    /// <summary>The number of bad ones among them.</summary>
    public long Bad { get; init; }

    /// <summary>The interval of the share of bad outcomes, which holds however often it is read, at 95 %; null without outcomes.</summary>
    public ShareInterval? Share { get; init; }

    /// <summary>The number of outcomes of the other variant.</summary>
    public long AgainstOutcomes { get; init; }

    /// <summary>The number of bad ones among them.</summary>
    public long AgainstBad { get; init; }

    /// <summary>The interval of the other variant's share; null without outcomes.</summary>
    public ShareInterval? AgainstShare { get; init; }

    /// <summary>The interval of the difference of the shares; null without outcomes of both, or without another variant.</summary>
    public ShareInterval? Difference { get; init; }

    /// <summary>The number of outcomes, of either variant, that are part of no block, and so of no evidence; they are counted all the same.</summary>
    public long Surplus { get; init; }

    /// <summary>The natural logarithm of the evidence that the variant is bad.</summary>
    public double LogEvidence { get; init; }

    /// <summary>The natural logarithm of the evidence at which the guard trips.</summary>
    public double LogThreshold { get; init; }

    /// <summary>The evidence over outcomes, for a chart: at most 256 points, in order.</summary>
    public IReadOnlyList<GuardEvidence> Evidence { get; init; } = [];

    /// <summary>The promise, for people: <c>at most 1 % false trips within 1,000,000 outcomes</c>.</summary>
    public string Promise { get; init; } = "";
}

/// <summary>A share and its interval.</summary>
/// <param name="Estimate">The share observed, 0 to 1; of a difference, -1 to 1.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record ShareInterval(double Estimate, double Low, double High);

/// <summary>The evidence of a guard at one moment.</summary>
/// <param name="Outcomes">The number of outcomes of the watched variant.</param>
/// <param name="LogEvidence">The natural logarithm of the evidence.</param>
public sealed record GuardEvidence(long Outcomes, double LogEvidence);

/// <summary>The result of a guard.</summary>
public enum GuardResult
{
    /// <summary>There are no outcomes, of the variant or of the one that it is compared with. That is not fine.</summary>
    NoData = 0,

    /// <summary>There are too few outcomes, or the share observed is beyond the limit without proof.</summary>
    Inconclusive,

    /// <summary>There are enough outcomes, and the share observed is within the limit.</summary>
    Fine,

    /// <summary>The share is proven to be beyond the limit: the guard tripped.</summary>
    Bad,
}
