namespace ProgressiveDelivery.Sdk.Health;

/// <summary>
/// Which client a health check looks at, and when it counts as degraded or unhealthy. Without rules to answer from it is unhealthy,
/// whatever is set here.
/// </summary>
public sealed class FeatureHealthCheckOptions
{
    /// <summary>What the check is called; <c>progressive-delivery</c> where null, the default, and for a named client <c>progressive-delivery:client</c>.</summary>
    public string? Name { get; set; }

    /// <summary>The name that the client was registered under; null, the default, for the one without.</summary>
    public string? Client { get; set; }

    /// <summary>
    /// Degraded when the source has not confirmed the rules for longer than this; above 0. Null, the default: when the client is not
    /// <see cref="FeatureClientState.Ready"/>, so after <c>MaxStaleness</c> where that is declared. Rules that have expired are degraded at once.
    /// </summary>
    public TimeSpan? DegradedAfter { get; set; }

    /// <summary>
    /// Unhealthy when the source has not confirmed the rules for longer than this; above 0. Null, the default: after three times
    /// <c>MaxStaleness</c>, and where that is not declared, never: rules answer, however old they are.
    /// </summary>
    public TimeSpan? UnhealthyAfter { get; set; }

    /// <summary>Tags to select the check by, as for any other.</summary>
    public ISet<string> Tags { get; } = new HashSet<string>(StringComparer.Ordinal);

    internal string CheckName => Name ?? (Client is null ? "progressive-delivery" : $"progressive-delivery:{Client}");

    /// <summary>All that is wrong, in sentences.</summary>
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
