using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Architecture;

/// <summary>The core is a layer cake: a folder uses what stands on lower floors, and nothing above or beside it.</summary>
public sealed partial class FloorsTests
{
    private const string Prefix = "ProgressiveDelivery.Sdk";
    private const string Root = "(root)";

    /// <summary>From the ground up.</summary>
    private static readonly string[][] Floors =
    [
        ["Control"],
        [Root],
        ["Diagnostics"],
        ["Definitions"],
        ["Evaluation"],
        ["Json", "Compilation", "Telemetry", "Observation"],
        ["Sources"],
        ["Fallback", "Experiments"],
        ["Snapshots"],
        ["Acceptance", "Status", "Reporting", "Health"],
        ["Steering"],
        ["Refresh", "Canary"],
        ["Client"],
        ["DependencyInjection"],
    ];

    private static readonly string Source = Repository.PathOf("src", Prefix);

    private static readonly Dictionary<string, int> FloorOf = Floors.SelectMany((areas, floor) => areas.Select(area => (area, floor))).ToDictionary(pair => pair.area, pair => pair.floor);

    private static readonly Dictionary<string, string> FolderOf = Files().SelectMany(file => Declared(file).Select(type => (type, Folder(file))))
        .DistinctBy(pair => pair.type).ToDictionary(pair => pair.type, pair => pair.Item2);

    private static readonly Type[] Types = [.. typeof(IFeatureClient).Assembly.GetTypes().Where(type => !type.IsNested && IsOurs(type))];

    [Fact]
    public void NoFolderUsesWhatStandsAboveOrBesideIt() => Types.SelectMany(Violations).Should().BeEmpty();

    [Fact]
    public void EveryFolderHasItsFloor() => Types.Select(Area).Distinct().Should().BeEquivalentTo(FloorOf.Keys);

    [Fact]
    public void FoldersAreNamespaces()
    {
        foreach (var file in Files())
        {
            var folder = Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            if (File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line)
                line.Should().BeOneOf([folder == "." ? $"namespace {Prefix};" : $"namespace {Prefix}.{folder};", .. Extended(file)], $"of {file}");
        }
    }

    [Fact]
    public void OffenderOfEveryFloorIsFound()
    {
        var offenders = typeof(FloorsTests).Assembly.GetTypes().Where(type => type.Name.EndsWith("Offender", StringComparison.Ordinal) && IsOurs(type)).ToList();

        offenders.Select(Area).Should().BeEquivalentTo(FloorOf.Keys.Except(["DependencyInjection"]), "what stands on the roof may use all");
        foreach (var offender in offenders)
            Violations(offender).Should().NotBeEmpty($"{offender} offends");
    }

    private static IEnumerable<string> Violations(Type type) => TypeReferences.Of(type)
        .Where(used => IsOurs(used) && Area(used) != Area(type) && FloorOf[Area(used)] >= FloorOf[Area(type)])
        .Select(used => $"{Area(type)}.{type.Name} uses {Area(used)}.{used.Name}");

    private static bool IsOurs(Type type) =>
        (type.Namespace is { } name && (name == Prefix || name.StartsWith(Prefix + ".", StringComparison.Ordinal)) && !name.StartsWith(Prefix + ".Tests", StringComparison.Ordinal))
        || (type.Assembly == typeof(IFeatureClient).Assembly && FolderOf.ContainsKey(NameOf(type)));

    // Extension methods stand in the namespace that their users have open, and in the folder whose floor they need.
    private static string Area(Type type) =>
        type.Assembly == typeof(IFeatureClient).Assembly ? FolderOf[NameOf(type)]
        : type.Namespace!.Length == Prefix.Length ? Root
        : type.Namespace[(Prefix.Length + 1)..].Split('.')[0];

    // With its namespace: two floors may have a type of one name.
    private static string NameOf(Type type) => $"{type.Namespace}.{type.Name.Split('`')[0]}";

    private static string[] Extended(string file) =>
        Path.GetFileName(file).Contains("Extensions", StringComparison.Ordinal) ? ["namespace Microsoft.Extensions.DependencyInjection;", $"namespace {Prefix};"] : [];

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Where(file => Folder(file) is not ("bin" or "obj"));

    private static string Folder(string file) =>
        Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : Root;

    private static IEnumerable<string> Declared(string file) => File.ReadLines(file).Select(line => Declaration().Match(line)).Where(match => match.Success).Select(match => $"{NamespaceOf(file)}.{match.Groups[1].Value}");

    private static string? NamespaceOf(string file) => File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';');

    [GeneratedRegex(@"^(?:\w+ )*(?:class|struct|record struct|record|interface|enum|delegate [\w<>?]+) (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
