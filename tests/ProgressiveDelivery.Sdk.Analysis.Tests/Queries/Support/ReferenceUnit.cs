namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>The outcomes that a metric takes of one unit: for its value, its denominator and its covariate.</summary>
internal sealed record ReferenceUnit(string Variant, DateOnly Day, double[] Outcomes, double[] Denominator, double[] Covariate);
