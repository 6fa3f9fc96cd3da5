namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The end of a probe.</summary>
internal enum ProbeVerdict
{
    /// <summary>It goes on.</summary>
    None = 0,

    /// <summary>The share is proven to be above the limit.</summary>
    Bad,

    /// <summary>The share is proven to be below the limit.</summary>
    Good,

    /// <summary>Neither was proven within the probe's outcomes.</summary>
    Inconclusive,
}
