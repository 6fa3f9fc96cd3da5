namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>Names how the outcomes of a unit become one number.</summary>
public enum OutcomeAggregation
{
    /// <summary>The sum of the values.</summary>
    Sum,

    /// <summary>The number of outcomes.</summary>
    Count,
}
