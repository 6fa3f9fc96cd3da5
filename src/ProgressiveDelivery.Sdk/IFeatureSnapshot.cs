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
}
