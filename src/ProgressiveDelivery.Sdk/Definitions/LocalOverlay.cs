namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What is served whatever the definitions say: what operators override, and what the backend has killed. An override wins.</summary>
/// <param name="Overrides">The operators' part.</param>
/// <param name="Kills">The backend's part.</param>
internal sealed record LocalOverlay(OverrideSet Overrides, KillSet Kills)
{
    public static LocalOverlay None { get; } = new(OverrideSet.None, KillSet.None);

    /// <summary>The flags for which two overlays say different things.</summary>
    public static IEnumerable<string> Difference(LocalOverlay one, LocalOverlay other) => ReferenceEquals(one, other)
        ? []
        : Flags(one).Union(Flags(other), StringComparer.Ordinal).Where(flag => !SaySame(one, other, flag));

    /// <summary>Whether it has the same served as another one.</summary>
    public bool IsSameAs(LocalOverlay other) => !Difference(this, other).Any();

    private static IEnumerable<string> Flags(LocalOverlay overlay) => overlay.Overrides.Flags.Concat(overlay.Kills.Kills.Select(kill => kill.Flag));

    private static bool SaySame(LocalOverlay one, LocalOverlay other, string flag) =>
        string.Equals(one.Overrides.VariantOf(flag), other.Overrides.VariantOf(flag), StringComparison.Ordinal)
        && string.Equals(one.Kills.VariantOf(flag), other.Kills.VariantOf(flag), StringComparison.Ordinal);
}
