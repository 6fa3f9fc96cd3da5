namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The recording of exposures, which begins as soon as there is a sink for events.</summary>
public sealed class ExposureOptions
{
    /// <summary>
    /// The attributes that events hold, by the references that rules use: <c>country</c>, <c>/address/city</c>, <c>organization:plan</c>. None by default. A private
    /// attribute is never among them. A value of more than 262,144 characters as JSON, about, or of more than 64 lists and objects inside one another, is null in events.
    /// </summary>
    public ISet<string> Attributes { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// The time after which a unit that keeps its variant is recorded again; an hour by default, 1 second at least, 30 days at most. In between, each unit is
    /// recorded once for each flag, and again when its variant, experiment or rule changes.
    /// </summary>
    public TimeSpan RepeatAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The number of units and flags that are remembered for this; 65,536 by default, 1,024 at least, 16,777,216 at most. Each costs 48 bytes. Where more are
    /// active, the oldest are forgotten, and may be recorded again.
    /// </summary>
    public int Remembered { get; set; } = 65_536;
}
