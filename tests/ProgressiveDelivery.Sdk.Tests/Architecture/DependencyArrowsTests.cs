using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Architecture;

/// <summary>Who may know whom: folders are namespaces, and the arrows between them point one way.</summary>
public sealed class DependencyArrowsTests
{
    private const string Prefix = "ProgressiveDelivery.Sdk";
    private const string Root = "(root)";

    /// <summary>From each area, the areas that it may know. All may know the value types of the root: those that know no area themselves.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Definitions"] = [],
        ["Evaluation"] = [],
        ["Json"] = ["Definitions"],
        ["Compilation"] = ["Definitions", "Evaluation"],
        ["Sources"] = ["Definitions", "Json"],
        ["Fallback"] = ["Sources"],
        ["Telemetry"] = ["Definitions", "Evaluation"],
        ["Experiments"] = ["Evaluation", "Telemetry"],
        ["Snapshots"] = [Root, "Definitions", "Evaluation", "Telemetry"],
        ["Refresh"] = [Root, "Definitions", "Json", "Evaluation", "Compilation", "Sources", "Snapshots", "Fallback", "Telemetry"],
        ["Reporting"] = ["Snapshots", "Sources", "Telemetry"],
        ["DependencyInjection"] = [Root, "Definitions", "Json", "Evaluation", "Experiments", "Sources", "Snapshots", "Fallback", "Refresh", "Reporting", "Telemetry", "Health"],
        ["Health"] = [Root],
        [Root] = ["Evaluation", "Snapshots", "Refresh", "Reporting"],
    };

    private static readonly Type[] Types = [.. typeof(IFeatureClient).Assembly.GetTypes().Where(type => !type.IsNested && IsOurs(type))];

    private static readonly HashSet<Type> Values = FindValues();

    [Fact]
    public void EveryArrowPointsAsItMay() => Types.SelectMany(Violations).Should().BeEmpty();

    [Fact]
    public void EveryAreaHasItsArrows() => Types.Select(Area).Distinct().Should().BeEquivalentTo(Arrows.Keys);

    [Fact]
    public void FoldersAreNamespaces()
    {
        var source = Repository.PathOf("src", Prefix);
        foreach (var file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            if (folder.Split('.')[0] is not ("bin" or "obj") && File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line)
                line.Should().BeOneOf(folder is "." or "" ? $"namespace {Prefix};" : $"namespace {Prefix}.{folder};", "namespace Microsoft.Extensions.DependencyInjection;");
        }
    }

    [Fact]
    public void ValueTypesAreWhatCallersPassAround()
    {
        Values.Should().Contain([typeof(EvaluationContext), typeof(StackContext), typeof(AttributeValue), typeof(Explanation), typeof(FeatureFlag<>), typeof(IAssignmentStore)]);
        Values.Should().NotContain([typeof(IFeatureClient), typeof(IFeatureEvaluator), typeof(Evaluation<>), typeof(ClientFlags)]);
    }

    [Fact]
    public void ViolationIsFoundHoweverDeepItHides() => Violations(typeof(Offender)).Should().BeEquivalentTo(
        "Evaluation.Offender knows Snapshots.SnapshotStore",
        "Evaluation.Offender knows Sources.SnapshotReading",
        "Evaluation.Offender knows DependencyInjection.ProgressiveDeliveryBuilder",
        "Evaluation.Offender knows (root).IFeatureClient");

    private static IEnumerable<string> Violations(Type type) => TypeReferences.Of(type)
        .Where(known => IsOurs(known) && !MayKnow(type, known))
        .Select(known => $"{Area(type)}.{type.Name} knows {Area(known)}.{known.Name}");

    private static bool MayKnow(Type type, Type known) => Area(type) == Area(known) || Values.Contains(known) || Arrows[Area(type)].Contains(Area(known)) || IsParameter(type, known);

    // A compiled node is told which algorithm or dialect its definition names.
    private static bool IsParameter(Type type, Type known) => known.IsEnum && Area(type) == "Evaluation" && Area(known) == "Definitions";

    private static bool IsOurs(Type type) =>
        type.Namespace is { } name && (name == Prefix || name.StartsWith(Prefix + ".", StringComparison.Ordinal)) && !name.StartsWith(Prefix + ".Tests", StringComparison.Ordinal);

    private static string Area(Type type) => type.Namespace!.Length == Prefix.Length ? Root : type.Namespace[(Prefix.Length + 1)..].Split('.')[0];

    // A root type that knows an area, or another root type that does, is none.
    private static HashSet<Type> FindValues()
    {
        var values = Types.Where(type => Area(type) == Root).ToHashSet();
        while (values.RemoveWhere(type => TypeReferences.Of(type).Any(known => IsOurs(known) && !values.Contains(known))) > 0)
        {
        }

        return values;
    }
}
