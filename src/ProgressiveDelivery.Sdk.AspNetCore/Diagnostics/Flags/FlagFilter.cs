namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>A choice of flags.</summary>
/// <param name="Name">Its name in the query; null for all flags.</param>
/// <param name="Title">Its name on the page.</param>
/// <param name="Holds">Indicates whether a flag is among them.</param>
internal sealed record FlagFilter(string? Name, string Title, Func<FlagRow, bool> Holds)
{
    /// <summary>Indicates whether it is shown though no flag is among them.</summary>
    public bool IsAlwaysShown => Name is null or "attention";

    /// <summary>All choices, in the order of the page.</summary>
    public static IReadOnlyList<FlagFilter> All { get; } =
    [
        new(null, "All", static _ => true),
        new("attention", "Needs attention", static row => row.Worst < FlagBadgeRank.Calm),
        new("ramping", "Ramping", static row => row.Flag.Ramps.Any(static ramp => ramp.Next is not null)),
        new("experiments", "In experiments", static row => row.Flag.Experiments.Count + row.Flag.Info.Experiments.Count > 0),
        new("expired", "Expired", static row => row.Flag.IsExpired),
        new("quarantined", "Quarantined", static row => row.Flag.Info.Defect is not null),
    ];

    /// <summary>Returns a choice; all flags for a name that is unknown.</summary>
    public static FlagFilter Find(string? name) => All.FirstOrDefault(filter => filter.Name == name) ?? All[0];
}
