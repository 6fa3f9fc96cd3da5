namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>Selects the outcomes that a metric takes. Immutable.</summary>
/// <param name="Metric">The name of the outcomes, as events carry it.</param>
public sealed record OutcomeSelection(string Metric)
{
    /// <summary>The way in which the outcomes of a unit become one number in a ratio. Other kinds of metrics do not read it.</summary>
    public OutcomeAggregation Aggregation { get; init; } = OutcomeAggregation.Sum;

    /// <summary>The least value that counts; null for no limit.</summary>
    public double? MinValue { get; init; }

    /// <summary>The greatest value that counts; null for no limit.</summary>
    public double? MaxValue { get; init; }

    /// <summary>The attributes of the outcome and the text that each must have. Empty by default.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
