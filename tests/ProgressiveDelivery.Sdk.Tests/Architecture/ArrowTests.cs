using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Tests.Architecture;

/// <summary>
/// Who may know whom. A folder is a namespace, nobody writes qualified names, and an unneeded using is an error: so the usings of a
/// folder are its arrows. The root namespace needs no using, and holds the value types that everybody may know.
/// </summary>
public sealed partial class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Definitions"] = [],
        ["Evaluation"] = [],
        ["Json"] = ["Definitions"],
        ["Compilation"] = ["Definitions", "Evaluation"],
        ["Sources"] = ["Definitions", "Json"],
        ["Fallback"] = ["Sources"],
        ["Telemetry"] = ["Definitions", "Evaluation"],
        ["Experiments"] = ["Evaluation", "Telemetry"],
        ["Snapshots"] = ["Definitions", "Evaluation", "Telemetry"],
        ["Refresh"] = ["Definitions", "Json", "Evaluation", "Compilation", "Sources", "Snapshots", "Fallback", "Telemetry"],
        ["DependencyInjection"] = ["Definitions", "Json", "Evaluation", "Experiments", "Sources", "Snapshots", "Fallback", "Refresh", "Telemetry"],
        [""] = ["Evaluation", "Snapshots", "Refresh"],
    };

    [Fact]
    public void EveryFolderKnowsOnlyWhomItMay()
    {
        var forbidden = Arrows().Where(arrow => arrow.From != arrow.To && !Allowed[arrow.From].Contains(arrow.To));

        forbidden.Should().BeEmpty();
    }

    [Fact]
    public void EveryFolderIsOnTheMap()
    {
        var folders = Directory.GetDirectories(Source()).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"]);

        folders.Should().BeEquivalentTo(Allowed.Keys.Except([""]));
    }

    [Fact]
    public void FoldersAreNamespaces()
    {
        var strangers = Files().Where(file => !Namespace().Match(File.ReadAllText(file)).Groups[1].Value
            .StartsWith($"ProgressiveDelivery.Sdk{(Folder(file) is { Length: > 0 } folder ? "." + folder : "")}", StringComparison.Ordinal));

        strangers.Where(file => !file.EndsWith("ServiceCollectionExtensions.cs", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void ArrowsAreSeen() => Arrows().Should().Contain(("Compilation", "Definitions", "SnapshotCompiler.cs"));

    private static IEnumerable<(string From, string To, string File)> Arrows() =>
        from file in Files()
        from Match use in Use().Matches(File.ReadAllText(file))
        select (Folder(file), use.Groups[1].Value, Path.GetFileName(file));

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Source(), "*.cs", SearchOption.AllDirectories).Where(file => Folder(file) is not ("bin" or "obj"));

    private static string Folder(string file)
    {
        var relative = Path.GetRelativePath(Source(), file).Replace('\\', '/');
        return relative.Contains('/', StringComparison.Ordinal) ? relative[..relative.IndexOf('/', StringComparison.Ordinal)] : "";
    }

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/ProgressiveDelivery.Sdk"));

    [GeneratedRegex(@"^using ProgressiveDelivery\.Sdk\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Use();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
