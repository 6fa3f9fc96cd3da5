namespace ProgressiveDelivery.Sdk.Observability.Tests.Prometheus;

/// <summary>A fact that needs promtool, and is reported skipped where it is not installed.</summary>
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute() => Skip = Promtool.Lack;
}
