namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>The order that a comparison requires between a value and a bound.</summary>
internal enum Comparison : byte
{
    Equal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

internal static class ComparisonExtensions
{
    /// <summary>Returns whether an order (negative, 0, positive) satisfies the comparison.</summary>
    public static bool Holds(this Comparison comparison, int order) => comparison switch
    {
        Comparison.Less => order < 0,
        Comparison.AtMost => order <= 0,
        Comparison.Greater => order > 0,
        Comparison.AtLeast => order >= 0,
        _ => order == 0,
    };
}
