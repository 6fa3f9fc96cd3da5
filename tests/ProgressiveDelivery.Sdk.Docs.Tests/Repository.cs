namespace ProgressiveDelivery.Sdk.Docs.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>The projects that are packages.</summary>
    public static IEnumerable<string> Packages => Directory.GetDirectories(PathOf("src")).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any()).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>
    /// The pages whose snippets and links are promises: those at the top, everything under <c>docs</c> that is written by hand, and the front
    /// page of each package.
    /// </summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(page => !page.StartsWith(Api.ApiReference.Folder + "/", StringComparison.Ordinal))
            .Concat(Packages.Select(package => $"src/{package}/README.md"))
            .Order(StringComparer.Ordinal);

    /// <summary>The files of a folder, from the repository's root, without what builds and installations leave there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);

    public static string PathOf(string name) => Path.Combine(Root, name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ProgressiveDelivery.Sdk.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No repository above '{AppContext.BaseDirectory}'. Run the tests from where they were built.");
    }
}
