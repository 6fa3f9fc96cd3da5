using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability;

/// <summary>Exports warnings, and one event of an evaluation as an example: a console has no search.</summary>
internal sealed class LogExcerpt(BaseExporter<LogRecord> exporter) : SimpleLogRecordExportProcessor(exporter)
{
    private int _hasExample;

    public override void OnEnd(LogRecord data)
    {
        if (data.LogLevel >= LogLevel.Warning || (data.EventId.Name == "feature_flag.evaluation" && Interlocked.Exchange(ref _hasExample, 1) == 0))
            base.OnEnd(data);
    }
}
