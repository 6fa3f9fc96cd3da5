namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>A test that needs the published event file; reported skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedEventsFactAttribute : FactAttribute
{
    public SharedEventsFactAttribute() => Skip = SharedEvents.Lack;
}
