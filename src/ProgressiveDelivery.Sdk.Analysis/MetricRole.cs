namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>Names what a metric decides.</summary>
public enum MetricRole
{
    /// <summary>It decides; one metric of a plan.</summary>
    Primary,

    /// <summary>It explains.</summary>
    Secondary,

    /// <summary>It may stop a launch.</summary>
    Guardrail,
}
