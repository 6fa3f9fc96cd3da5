using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>The numbers of results that several methods share, under the names of the vectors.</summary>
internal static class VectorFields
{
    public static Dictionary<string, object?> Of(MeanDifference value) => new()
    {
        ["estimate"] = value.Estimate,
        ["standardError"] = value.StandardError,
        ["df"] = value.DegreesOfFreedom,
        ["statistic"] = value.Statistic,
        ["pValue"] = value.PValue,
        ["low"] = value.Low,
        ["high"] = value.High,
    };

    public static Dictionary<string, object?> Of(MeanUplift value) => new()
    {
        ["uplift"] = value.Uplift,
        ["standardError"] = value.StandardError,
        ["g"] = value.G,
        ["df"] = value.DegreesOfFreedom,
        ["pValue"] = value.PValue,
        ["low"] = value.Low,
        ["high"] = value.High,
    };

    public static Dictionary<string, object?> Of(ValueDifference value) => new()
    {
        ["controlRatio"] = value.Control,
        ["treatmentRatio"] = value.Treatment,
        ["estimate"] = value.Estimate,
        ["standardError"] = value.StandardError,
        ["statistic"] = value.Statistic,
        ["pValue"] = value.PValue,
        ["low"] = value.Low,
        ["high"] = value.High,
        ["relativeStatus"] = value.Relative.Status,
        ["relativeReason"] = value.Relative.Reason,
        ["uplift"] = value.Relative.Value?.Estimate,
        ["upliftLow"] = value.Relative.Value?.Low,
        ["upliftHigh"] = value.Relative.Value?.High,
    };

    public static Dictionary<string, object?> Of(AdjustedPValues value) => new()
    {
        ["adjusted"] = value.Adjusted,
        ["rejected"] = value.Rejected,
    };

    /// <summary>Returns the numbers of a result within a list, with its own status and reason.</summary>
    public static Dictionary<string, object?> Of<T>(StatisticalResult<T> result, Func<T, Dictionary<string, object?>> fields)
        where T : class
    {
        var all = result.Value is { } value ? fields(value) : [];
        (all["status"], all["reason"]) = (result.Status, result.Reason);
        return all;
    }
}
