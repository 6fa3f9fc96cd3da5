namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>A method at an alpha.</summary>
/// <param name="Look">Returns its interval at a look; null while it gives none.</param>
/// <param name="Truth">The difference, absolute or relative, that its intervals are about.</param>
internal sealed record Method(Func<Arms, Interval?> Look, double Truth);
