namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>A test that needs ClickHouse's server, and perhaps the published event file; reported skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClickHouseFactAttribute : FactAttribute
{
    private bool _readsSharedEvents;

    public ClickHouseFactAttribute() => Skip = ClickHouseServers.Lack;

    public bool ReadsSharedEvents
    {
        get => _readsSharedEvents;
        set => (_readsSharedEvents, Skip) = (value, Skip ?? (value ? SharedEvents.Lack : null));
    }
}
