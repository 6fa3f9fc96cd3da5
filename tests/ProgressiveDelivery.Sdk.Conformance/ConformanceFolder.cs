namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Where the cases are: <c>PD_CONFORMANCE_DIR</c>, or <c>../shared/conformance</c> seen from the repository.</summary>
internal static class ConformanceFolder
{
    public static string Repository { get; } = FindRepository();

    public static string Path { get; } =
        Environment.GetEnvironmentVariable("PD_CONFORMANCE_DIR") is { Length: > 0 } configured
            ? configured
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository, "..", "shared", "conformance"));

    public static bool Exists => Directory.Exists(Path);

    public static IEnumerable<string> Vendors => Exists
        ? Directory.GetDirectories(Path).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal)
        : [];

    public static IEnumerable<string> Suites(string vendor) =>
        Directory.Exists(System.IO.Path.Combine(Path, vendor))
            ? Directory.GetFiles(System.IO.Path.Combine(Path, vendor), "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
            : [];

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "ProgressiveDelivery.Sdk.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
