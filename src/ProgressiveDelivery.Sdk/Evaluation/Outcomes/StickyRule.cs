namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>How stored assignments of an experiment count.</summary>
/// <param name="Version">Stored and served at this version.</param>
/// <param name="MinimumVersion">Below this, the unit is kept out; null: nobody is.</param>
internal sealed record StickyRule(int Version, int? MinimumVersion);
