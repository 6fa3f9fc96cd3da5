namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>The rows that one request for the list chose, and what the others are.</summary>
internal sealed class FlagList
{
    /// <summary>The rows of a page.</summary>
    public const int PageSize = 100;

    private const int MaxSearch = 200;

    public FlagList(IEnumerable<FlagView> flags, string? search, string? filter, string? page)
    {
        Search = search is null ? "" : SafeText.Cut(search.Trim(), MaxSearch).TrimEnd('…');
        Filter = FlagFilter.Find(filter);
        var found = flags.Select(static flag => new FlagRow(flag)).Where(row => row.Fits(Search)).ToList();
        Counts = [.. FlagFilter.All.Select(choice => (choice, found.Count(choice.Holds)))];
        var chosen = found.Where(Filter.Holds).OrderBy(static row => (int)row.Worst < (int)FlagBadgeRank.Calm ? row.Worst : FlagBadgeRank.Calm).ToList();
        Total = chosen.Count;
        Pages = Math.Max(1, (Total + PageSize - 1) / PageSize);
        Page = int.TryParse(page, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Pages) : 1;
        Rows = [.. chosen.Skip((Page - 1) * PageSize).Take(PageSize)];
    }

    /// <summary>The text that is searched for; empty for none.</summary>
    public string Search { get; }

    public FlagFilter Filter { get; }

    /// <summary>The choices, each with the number of flags that the search leaves it.</summary>
    public IReadOnlyList<(FlagFilter Filter, int Count)> Counts { get; }

    /// <summary>The flags that search and choice leave, on all pages.</summary>
    public int Total { get; }

    public int Pages { get; }

    /// <summary>The page shown, from 1.</summary>
    public int Page { get; }

    /// <summary>The flags of the page, those that need attention first, then in the order of the document.</summary>
    public IReadOnlyList<FlagRow> Rows { get; }
}
