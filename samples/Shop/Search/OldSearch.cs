namespace Shop.Search;

/// <summary>The search that works.</summary>
internal static class OldSearch
{
    public static string Find(string text) => $"2 books on {text}";
}
