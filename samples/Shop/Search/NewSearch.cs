namespace Shop.Search;

/// <summary>The search of the next release. It has a fault.</summary>
internal static class NewSearch
{
    public static string Find(string text) => throw new InvalidOperationException($"The index has no '{text}'.");
}
