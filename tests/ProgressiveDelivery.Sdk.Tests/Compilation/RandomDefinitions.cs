using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Tests.Compilation;

/// <summary>Small snapshots whose flags and segments depend on each other in every way, malformed ones among them, and patches of them.</summary>
internal sealed class RandomDefinitions(Random random)
{
    private const int Names = 10;

    public SnapshotDefinition Snapshot() => new()
    {
        Version = 1,
        Flags = [.. Some(2 * Names, Flag).DistinctBy(flag => flag.Key)],
        Segments = [.. Some(4, Segment)],
        Layers = [new() { Name = "l0" }, new() { Name = "l1" }],
    };

    public SnapshotPatch Patch(long version) => Patch(version, removes: IsOneOf(12));

    private SnapshotPatch Patch(long version, bool removes) => new()
    {
        BaseVersion = version,
        Version = version + random.Next(1, 4),
        Flags = [.. Some(random.Next(3), Flag).DistinctBy(flag => flag.Key).Where(flag => flag.Key != "f9" || !removes)],
        Segments = [.. Some(IsOneOf(3) ? 1 : 0, Segment)],
        RemovedFlags = removes ? ["f9"] : [],
    };

    public SnapshotKill Kill(long version) => new(version + random.Next(3), Name("f"), IsOneOf(5) ? "purple" : Variant());

    public bool IsOneOf(int many) => random.Next(many) == 0;

    private static IEnumerable<T> Some<T>(int count, Func<int, T> make) => Enumerable.Range(0, count).Select(make);

    private FlagDefinition Flag(int place)
    {
        // The last one comes and goes.
        var name = IsOneOf(20) ? "f9" : $"f{(place + random.Next(Names)) % (Names - 1)}";
        return new()
        {
            Key = name,
            Type = FlagType.Boolean,
            Variants = IsOneOf(15) ? [new() { Name = "on", Value = "no boolean" }, new() { Name = "off", Value = false }] : [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
            Enabled = !IsOneOf(8),
            OffVariant = "off",
            Requires = IsOneOf(4) ? [new() { Flag = Name("f"), Variants = [Variant()] }] : [],
            Rules = [.. Some(random.Next(3), _ => new RuleDefinition { When = Condition(2), Serve = Serve(name) })],
            Default = IsOneOf(4) ? Serve(name) : Variant(),
            Defect = IsOneOf(25) ? DiagnosticCatalog.MissingMember(JsonPath.Flag(name), name, "type", "a type") : null,
        };
    }

    private SegmentDefinition Segment(int place) => new()
    {
        Name = $"s{place}",
        Include = IsOneOf(2) ? [$"u-{random.Next(8)}"] : [],
        When = IsOneOf(3) ? null : Condition(1),
    };

    private ConditionDefinition Condition(int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => new SegmentCondition(IsOneOf(12) ? "nowhere" : $"s{random.Next(4)}"),
        1 => new FlagCondition { Flag = Name("f"), Variants = [Variant()] },
        2 => new BetweenCondition { To = DateTimeOffset.UnixEpoch.AddYears(random.Next(100)) },
        3 => new AttributeCondition { Attribute = "a", Operator = AttributeOperator.Matches, Operand = IsOneOf(6) ? "(" : "^1$" },
        4 or 5 => new AttributeCondition { Attribute = "a", Operator = AttributeOperator.Equals, Operand = random.Next(3) },
        6 => new NotCondition(Condition(depth - 1)),
        _ => new AllCondition([Condition(depth - 1), Condition(depth - 1)]),
    };

    private OutcomeDefinition Serve(string flag) => random.Next(5) switch
    {
        0 => new RolloutOutcome { To = "on", Percent = random.Next(101) },
        1 => new ExperimentOutcome { Key = flag, Split = [new("on", 1), new("off", 1)], Layer = $"l{random.Next(2)}", Slots = Slots() },
        2 => new SplitOutcome { Weights = [new("on", 1), new(IsOneOf(15) ? "purple" : "off", 1)] },
        _ => Variant(),
    };

    private SlotRange Slots()
    {
        var from = random.Next(9) * 100_000;
        return new(from, from + 100_000);
    }

    private string Variant() => IsOneOf(2) ? "on" : "off";

    private string Name(string kind) => IsOneOf(20) ? "nobody" : $"{kind}{random.Next(Names)}";
}
