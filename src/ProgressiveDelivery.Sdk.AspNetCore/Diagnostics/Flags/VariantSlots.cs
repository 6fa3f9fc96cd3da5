using System.Text.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>The mark of each variant of a flag: the control first and gray, the others in the order of the definition; beyond six, all but the control and the four most served share the last one.</summary>
internal sealed class VariantSlots
{
    private const int Other = 5;

    private readonly Dictionary<string, int> _slots;

    private VariantSlots(IReadOnlyList<string> shown, bool folds, IEnumerable<string> all)
    {
        _slots = new(StringComparer.Ordinal);
        (Shown, FoldsOthers) = (shown, folds);
        foreach (var variant in shown)
            _slots.TryAdd(variant, _slots.Count);
        All = [.. all];
    }

    /// <summary>All variants, the control first.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The variants with a mark of their own.</summary>
    public IReadOnlyList<string> Shown { get; }

    /// <summary>Indicates whether the remaining ones share the last mark.</summary>
    public bool FoldsOthers { get; }

    public static VariantSlots Of(FlagView flag)
    {
        var control = Control(flag);
        var all = flag.Info.Variants.Select(static variant => variant.Name).OrderBy(name => name == control ? 0 : 1).ToList();
        if (all.Count <= Other + 1)
            return new(all, folds: false, all);
        var largest = all.Skip(1).OrderByDescending(flag.Served.Of).Take(Other - 1).Append(all[0]).ToHashSet(StringComparer.Ordinal);
        return new([.. all.Where(largest.Contains)], folds: true, all);
    }

    /// <summary>Returns the mark of a variant.</summary>
    public int this[string variant] => _slots.GetValueOrDefault(variant, Other);

    // The variant that a guard compares with; else the one served while the flag is off; else the one that means off; else the first.
    private static string? Control(FlagView flag) =>
        flag.Guards.Select(static guard => guard.Against).FirstOrDefault(against => against is not null && flag.Info.Variants.Any(variant => variant.Name == against))
        ?? flag.Info.Variants.FirstOrDefault(variant => variant.Name == flag.Info.OffVariant)?.Name
        ?? flag.Info.Variants.FirstOrDefault(static variant => variant.IsEnabled == false || variant.Value.ValueKind == JsonValueKind.False)?.Name
        ?? (flag.Info.Variants is [var first, ..] ? first.Name : null);
}
