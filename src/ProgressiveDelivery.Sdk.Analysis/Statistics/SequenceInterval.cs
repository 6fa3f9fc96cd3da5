namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>An interval that holds however often one looks. Immutable.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="RhoSquared">The tuning of the sequence for the intended size.</param>
/// <param name="Low">The lower end; negative infinity if it is open.</param>
/// <param name="High">The upper end; infinity if it is open.</param>
/// <param name="PValue">The p-value of the null; it belongs to the alpha of the settings. Keep the smallest of all looks.</param>
/// <param name="LogE">The natural logarithm of the evidence against the null; null for one side.</param>
public sealed record SequenceInterval(
    double Estimate, double StandardError, double RhoSquared, double Low, double High, double PValue, double? LogE);
