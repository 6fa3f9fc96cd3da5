namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>A flag as a row of the list: its states are computed once.</summary>
internal sealed class FlagRow(FlagView flag)
{
    public FlagView Flag => flag;

    /// <summary>The states, the worst first.</summary>
    public IReadOnlyList<FlagBadge> Badges { get; } = flag.Badges;

    /// <summary>The worst state.</summary>
    public FlagBadgeRank Worst => Badges is [var worst, ..] ? worst.Rank : FlagBadgeRank.None;

    /// <summary>The words of the row by which a search finds it: key, owner, rules and variants.</summary>
    public IEnumerable<string> Words =>
        [flag.Key, flag.Owner ?? "", .. flag.Info.Rules.Select(static rule => rule.Id), .. flag.Info.Variants.Select(static variant => variant.Name)];

    /// <summary>Indicates whether a search finds it: each word of the text is in its words, in any case.</summary>
    public bool Fits(string search) => search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(part => Words.Any(word => word.Contains(part, StringComparison.OrdinalIgnoreCase)));
}
