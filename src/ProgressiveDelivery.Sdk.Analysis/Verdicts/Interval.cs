namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>An estimate with its interval. Immutable.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Low">The lower end; negative infinity if it is open.</param>
/// <param name="High">The upper end; infinity if it is open.</param>
public sealed record Interval(double Estimate, double Low, double High);
