using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Logs each event as a record of level Information, whose attributes have the names of the JSON.</summary>
internal sealed class LoggerEventSink(ILogger logger) : IEventSink
{
    private static readonly EventId Exposure = new(210, "feature_flag.exposure");
    private static readonly EventId Outcome = new(211, "feature_flag.outcome");
    private static readonly EventId ExposureCount = new(212, "feature_flag.exposure_count");
    private static readonly EventId OutcomeCount = new(213, "feature_flag.outcome_count");

    public string Name => "logger";

    public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return ValueTask.CompletedTask;
        foreach (var occurred in batch.Events)
            Log(occurred is ExposureEvent ? Exposure : Outcome, LoggedEvent.Of(occurred));
        foreach (var count in batch.Counts)
            Log(count.Metric is null ? ExposureCount : OutcomeCount, LoggedEvent.Of(count));
        return ValueTask.CompletedTask;
    }

    private void Log(EventId id, LoggedEvent occurred) => logger.Log(LogLevel.Information, id, occurred, null, static (logged, _) => logged.ToString());
}
