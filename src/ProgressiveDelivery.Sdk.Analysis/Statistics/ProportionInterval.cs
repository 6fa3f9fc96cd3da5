namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>An exact interval of a proportion, or of a difference of two, that holds however often one looks. Immutable.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record ProportionInterval(double Low, double High);
