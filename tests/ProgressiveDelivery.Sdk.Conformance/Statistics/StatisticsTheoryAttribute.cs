namespace ProgressiveDelivery.Sdk.Conformance.Statistics;

/// <summary>A theory over the vectors of a method, skipped where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StatisticsTheoryAttribute : TheoryAttribute
{
    public StatisticsTheoryAttribute(string method)
    {
        if (!File.Exists(StatisticsVector.File(method)))
            Skip = $"No vectors at '{StatisticsVector.File(method)}'. Set PD_CONFORMANCE_DIR to run them.";
    }
}
