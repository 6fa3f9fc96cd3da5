namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The recursion of a <see cref="Detector"/>. Both make the same promise.</summary>
internal enum DetectorKind
{
    /// <summary>R = (1 + R) × factor, after Shiryaev and Roberts: never later than the other.</summary>
    ShiryaevRoberts = 0,

    /// <summary>R = max(1, R) × factor.</summary>
    Cusum,
}
