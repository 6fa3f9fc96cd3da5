using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>The loggers of a client, one for each area. An application sets the level of an area by its category, such as <c>ProgressiveDelivery.Sdk.Refresh</c>.</summary>
internal sealed class ClientLogs(ILoggerFactory factory)
{
    /// <summary>Unknown flags, the store of sticky assignments, and the health of experiments.</summary>
    public ILogger Evaluation { get; } = Create(factory, nameof(Evaluation));

    /// <summary>The evaluation events of OpenTelemetry.</summary>
    public ILogger Evaluations { get; } = Create(factory, nameof(Evaluations));

    /// <summary>The start of a client, accepted and rejected snapshots, and their age.</summary>
    public ILogger Refresh { get; } = Create(factory, nameof(Refresh));

    /// <summary>Outages, failovers and recoveries of sources.</summary>
    public ILogger Sources { get; } = Create(factory, nameof(Sources));

    /// <summary>Files and their disk.</summary>
    public ILogger Fallback { get; } = Create(factory, nameof(Fallback));

    /// <summary>Kills, and the acts of operators.</summary>
    public ILogger Control { get; } = Create(factory, nameof(Control));

    /// <summary>Reports of usage, and outcomes.</summary>
    public ILogger Reporting { get; } = Create(factory, nameof(Reporting));

    /// <summary>Migrations, and calls that control answered because the treatment had failed.</summary>
    public ILogger Canary { get; } = Create(factory, nameof(Canary));

    private static IsolatedLogger Create(ILoggerFactory factory, string area) => new(factory.CreateLogger($"{FeatureMeter.Name}.{area}"));
}
