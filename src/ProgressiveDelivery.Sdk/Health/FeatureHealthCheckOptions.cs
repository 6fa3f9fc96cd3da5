namespace ProgressiveDelivery.Sdk.Health;

/// <summary>
/// The client that a health check looks at, and the times after which it is degraded or unhealthy. A client without rules is always
/// unhealthy.
/// </summary>
public sealed class FeatureHealthCheckOptions
{
    /// <summary>The name of the check; null, the default, for <c>progressive-delivery</c>, or <c>progressive-delivery:client</c> for a named client.</summary>
    public string? Name { get; set; }

    /// <summary>The name that the client was registered under; null, the default, for the client without a name.</summary>
    public string? Client { get; set; }

    /// <summary>
    /// The time without confirmation by the source after which the check is degraded; above 0. If null, the default, it is degraded when the
    /// client is not <see cref="FeatureClientState.Ready"/>, so after <c>MaxStaleness</c> where that is declared. Expired rules are degraded at once.
    /// </summary>
    public TimeSpan? DegradedAfter { get; set; }

    /// <summary>
    /// The time without confirmation by the source after which the check is unhealthy; above 0. If null, the default, it is three times
    /// <c>MaxStaleness</c>. Where that is not declared, old rules are never unhealthy.
    /// </summary>
    public TimeSpan? UnhealthyAfter { get; set; }

    /// <summary>
    /// Indicates whether the check is degraded while a guard's trip holds. Default false: the guard has protected the callers, and the instance serves as it should. The
    /// report has the trips in either case.
    /// </summary>
    public bool DegradedWhileTripped { get; set; }

    /// <summary>Tags to select the check by, as for any other.</summary>
    public ISet<string> Tags { get; } = new HashSet<string>(StringComparer.Ordinal);

    internal string CheckName => Name ?? (Client is null ? "progressive-delivery" : $"progressive-delivery:{Client}");

    /// <summary>Returns all errors, in sentences.</summary>
    internal IEnumerable<string> Faults()
    {
        if (DegradedAfter <= TimeSpan.Zero)
            yield return $"Health check '{CheckName}': DegradedAfter '{DegradedAfter}' is out of range; give more than 00:00:00, or nothing.";
        if (UnhealthyAfter <= TimeSpan.Zero)
            yield return $"Health check '{CheckName}': UnhealthyAfter '{UnhealthyAfter}' is out of range; give more than 00:00:00, or nothing.";
        if (UnhealthyAfter < DegradedAfter)
            yield return $"Health check '{CheckName}': UnhealthyAfter '{UnhealthyAfter}' comes before DegradedAfter '{DegradedAfter}'. Swap them, or leave one out.";
    }
}
