namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>A test that needs PostgreSQL's server, and perhaps the published event file; reported skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    private bool _readsSharedEvents;

    public PostgreSqlFactAttribute() => Skip = PostgreSqlServer.Lack;

    public bool ReadsSharedEvents
    {
        get => _readsSharedEvents;
        set => (_readsSharedEvents, Skip) = (value, Skip ?? (value ? SharedEvents.Lack : null));
    }
}
