using System.Diagnostics.Metrics;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Prometheus;

/// <summary>The names that Prometheus has for an instrument, by the rules of OpenTelemetry's specification "Prometheus and OpenMetrics Compatibility".</summary>
internal static class PrometheusNames
{
    public static IReadOnlyList<string> Of(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + Unit(instrument.Unit);
        return Kind(instrument) switch
        {
            "Counter" or "ObservableCounter" => [$"{name}_total"],
            "Histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            _ => [name],
        };
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    // Units in braces are remarks.
    private static string Unit(string? unit) => unit switch
    {
        null or "" => "",
        "s" => "_seconds",
        "By" => "_bytes",
        ['{', ..] => "",
        _ => throw new NotSupportedException($"Add the name that Prometheus has for the unit '{unit}'."),
    };
}
