namespace ProgressiveDelivery.Sdk;

/// <summary>
/// One frozen ruleset, for a unit of work: however many updates arrive meanwhile, every answer comes from the same version.
/// Immutable and safe to share between threads. Dependency injection offers one per scope (per request in ASP.NET Core).
/// </summary>
public interface IFeatureSnapshot : IFeatureEvaluator
{
    /// <summary>The snapshot's version; 0 when nothing had been loaded.</summary>
    long Version { get; }

    /// <summary>Where the rules came from.</summary>
    SnapshotOrigin Origin { get; }

    /// <summary>
    /// Whether these rules have expired, or <c>MaxStaleness</c> is declared and the source has not confirmed them within it. They answer
    /// all the same. Read from the clock when asked.
    /// </summary>
    bool IsStale { get; }

    /// <summary>Whether an operator holds this version in force, by <c>ISnapshotControl</c>: newer rules may be waiting.</summary>
    bool IsHeld { get; }
}
