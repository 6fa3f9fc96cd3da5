using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Options for polling a flag configuration over HTTP, every 5 seconds by default. The header <c>Flagd-Selector</c> sets a selector.</summary>
public sealed class FlagdHttpOptions : HttpSourceOptions
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Sets the defaults.</summary>
    public FlagdHttpOptions() => PollingInterval = Interval;

    /// <summary>The generation of the <c>fractional</c> operator. Default: <see cref="FlagdFractional.V2"/>.</summary>
    public FlagdFractional Fractional { get; set; }
}
