namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>A relative uplift with Fieller's interval. Immutable.</summary>
/// <param name="Estimate">The uplift; 0.05 is +5 %.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
public sealed record Uplift(double Estimate, double Low, double High);
