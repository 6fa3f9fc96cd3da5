using System.Globalization;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>The order of the keys of a section in configuration: whole numbers first, by size, then names, ignoring case.</summary>
internal sealed class SectionOrder : IComparer<string>
{
    public static SectionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (IndexOf(x), IndexOf(y));
        return (left, right) switch
        {
            ({ } one, { } other) => one.CompareTo(other),
            (null, null) => string.Compare(x, y, StringComparison.OrdinalIgnoreCase),
            (null, _) => 1,
            _ => -1,
        };
    }

    private static int? IndexOf(string? key) =>
        int.TryParse(key, NumberStyles.Integer, CultureInfo.InvariantCulture, out var index) ? index : null;
}
