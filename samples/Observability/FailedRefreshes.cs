using System.Diagnostics;
using OpenTelemetry;

namespace Observability;

/// <summary>Exports refreshes that failed, and nothing else: a console has no search.</summary>
internal sealed class FailedRefreshes(BaseExporter<Activity> exporter) : SimpleActivityExportProcessor(exporter)
{
    public override void OnEnd(Activity data)
    {
        if (data is { OperationName: "progressive_delivery.refresh", Status: ActivityStatusCode.Error })
            base.OnEnd(data);
    }
}
