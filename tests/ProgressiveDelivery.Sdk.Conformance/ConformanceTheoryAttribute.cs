namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>A theory over published cases; reported skipped where the cases are not on the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute()
    {
        if (!ConformanceFolder.Exists)
            Skip = $"No conformance cases at '{ConformanceFolder.Path}'. Set PD_CONFORMANCE_DIR to run them.";
    }
}
