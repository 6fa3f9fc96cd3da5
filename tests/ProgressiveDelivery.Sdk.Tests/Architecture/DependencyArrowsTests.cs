using ProgressiveDelivery.Sdk.Evaluation;

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
        ["Compilation"] = ["Definitions", "Evaluation"],
        ["Json"] = ["Definitions"],
        ["Sources"] = ["Definitions"],
        ["Fallback"] = ["Sources"],
        ["Telemetry"] = ["Definitions", "Evaluation"],
        ["Experiments"] = ["Evaluation", "Snapshots", "Telemetry"],
        ["Snapshots"] = [Root, "Evaluation", "Telemetry"],
        ["Refresh"] = [Root, "Definitions", "Evaluation", "Sources", "Compilation", "Snapshots", "Fallback", "Telemetry"],
        [Root] = ["Snapshots", "Evaluation", "Experiments", "Telemetry"],
        ["DependencyInjection"] = [Root, "Definitions", "Evaluation", "Compilation", "Json", "Sources", "Fallback", "Telemetry", "Experiments", "Snapshots", "Refresh"],
    };

    /// <summary>Single types that know more than their area may, and why.</summary>
    private static readonly (string Type, string[] Knows)[] Exceptions =
    [
        ("ReadState", ["Rfc3339"]),                                                 // An instant is read alike in documents and in contexts.
        ("NativeSnapshotFormat", ["ISnapshotFormat", "SnapshotReadResult"]),        // Our own format fills the seam that sources offer to any.
        ("SnapshotReader", ["SnapshotReadResult"]),
        ("SnapshotJson", ["ISnapshotFormat", "SnapshotReadResult"]),
        ("InMemorySnapshotSource", ["SnapshotJson"]),                               // Takes text of our own format.
        ("StreamSnapshotSource", ["KillReader", "PatchReader", "PatchReadResult"]), // Its events are parts of our own format.
        ("LastKnownGoodKeeper", ["SnapshotJson"]),                                  // What is kept is written in our own format.
        ("KillOrders", ["KillJson", "KillReader"]),
        ("UnknownFlags", ["Diagnostics", "NearestName"]),                           // Suggests a name as diagnostics do.
        ("FeatureSnapshot", ["KillSet", "SnapshotDefinition"]),                     // Patches and kills apply to the definitions in force.
        ("SnapshotStore", ["KillSet"]),
        ("FeatureClient", ["ClientStatusTracker", "RefreshLoop"]),                  // Waiting until ready starts the loop and asks for its standing.
    ];

    private static readonly Type[] Types = [.. typeof(IFeatureClient).Assembly.GetTypes().Where(type => !type.IsNested && IsOurs(type))];

    private static readonly HashSet<Type> Values = FindValues();

    [Fact]
    public void EveryArrowPointsAsItMay() => Types.SelectMany(Violations).Should().BeEmpty();

    [Fact]
    public void EveryAreaHasItsArrows() => Types.Select(Area).Distinct().Should().BeEquivalentTo(Arrows.Keys);

    [Fact]
    public void EveryExceptionIsNeeded()
    {
        foreach (var (name, knows) in Exceptions)
        {
            var type = Types.Should().ContainSingle(type => type.Name == name).Subject;
            TypeReferences.Of(type).Where(known => IsOurs(known) && !MayKnow(type, known)).Select(known => known.Name).Should().Contain(knows, name);
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
        .Where(known => IsOurs(known) && !MayKnow(type, known) && !Exceptions.Any(exception => exception.Type == type.Name && exception.Knows.Contains(known.Name)))
        .Select(known => $"{Area(type)}.{type.Name} knows {Area(known)}.{known.Name}");

    private static bool MayKnow(Type type, Type known) => Area(type) == Area(known) || Values.Contains(known) || Arrows[Area(type)].Contains(Area(known));

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
