namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Files of the repository that the tests run from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ProgressiveDelivery.Sdk.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No repository holds '{AppContext.BaseDirectory}'. Run the tests from a build inside it.");
    }
}
