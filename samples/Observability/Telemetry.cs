using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Observability;

/// <summary>The one place where the shop connects to OpenTelemetry.</summary>
internal static class Telemetry
{
    private const string Sdk = "ProgressiveDelivery.Sdk";

    public static void AddTelemetry(this IHostApplicationBuilder builder, OperatorView view)
    {
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        var toCollector = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => AddMetrics(metrics, view, toCollector))
            .WithTracing(tracing => AddTraces(tracing, toCollector))
            .WithLogging(logs => AddEvents(logs, toCollector));
    }

    // The operator's view stands in for a dashboard.
    private static void AddMetrics(MeterProviderBuilder metrics, OperatorView view, bool toCollector)
    {
        metrics.AddMeter(Sdk).AddReader(new BaseExportingMetricReader(view));
        if (toCollector)
            metrics.AddOtlpExporter();
    }

    private static void AddTraces(TracerProviderBuilder tracing, bool toCollector)
    {
        tracing.AddSource(Sdk, Shop.Name, "System.Net.Http");
        if (toCollector)
            tracing.AddOtlpExporter();
        else
            tracing.AddProcessor(new FailedRefreshes(new ConsoleActivityExporter(new())));
    }

    private static void AddEvents(LoggerProviderBuilder logs, bool toCollector)
    {
        if (toCollector)
            logs.AddOtlpExporter();
        else
            logs.AddProcessor(new LogExcerpt(new ConsoleLogRecordExporter(new())));
    }
}
