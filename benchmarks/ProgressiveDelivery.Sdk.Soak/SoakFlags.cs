using System.Text.Json.Serialization;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>
/// The flags of each version. Some answer the same in all versions; four tell the version, so that answers of one snapshot can be
/// held against each other; the rest makes it as large as it is to be.
/// </summary>
internal static class SoakFlags
{
    public const string Killable = "killable";

    // The flags that are not there for the size only.
    private const int Named = 9;

    public static readonly FeatureFlag<bool> Left = new("left", fallback: false);
    public static readonly FeatureFlag<bool> Right = new("right", fallback: true);
    public static readonly FeatureFlag<long> Generation = new("generation", fallback: 0);
    public static readonly FeatureFlag<Page> Page = new("page", new Page(0), SoakJson.Default.Page);
    public static readonly FeatureFlag<bool> Rollout = new("rollout", fallback: false);
    public static readonly FeatureFlag<bool> Experiment = new("experiment", fallback: false);
    public static readonly FeatureFlag<bool> Country = new("country", fallback: false);
    public static readonly FeatureFlag<string> Banner = new("banner", "none");

    private static readonly VariantDefinition[] OnAndOff = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }];
    private static readonly string[] Benelux = ["BE", "LU", "NL"];
    private static readonly AssertionDefinition[] Assertions = [new() { Flag = "rollout", Context = new("nobody"), Variant = "off" }];

    /// <summary>All flags of a version.</summary>
    public static SnapshotDefinition Whole(long version, int count, DateTimeOffset published) => new()
    {
        Version = version,
        PublishedAt = published,
        Segments = [new() { Name = "staff", Include = ["u-1", "u-2"] }],
        Flags = [.. Telling(version), .. Steady(), .. Enumerable.Range(0, count - Named).Select(place => Filler(place, version))],
        Assertions = Assertions,
    };

    /// <summary>What changes from a version to the next.</summary>
    public static SnapshotDefinition Changes(long version, int count, DateTimeOffset published) => new()
    {
        Version = version,
        PublishedAt = published,
        Flags = [.. Telling(version), Filler((int)(version % (count - Named)), version)],
    };

    public static bool LeftAndRight(long version) => version % 2 == 0;

    private static FlagDefinition[] Telling(long version) =>
    [
        Switch("left") with { Default = LeftAndRight(version) ? "on" : "off" },
        Switch("right") with { Rules = [new() { When = new FlagCondition { Flag = "left", Variants = ["on"] }, Serve = "on" }] },
        new() { Key = "generation", Type = FlagType.Integer, Variants = [new() { Name = "now", Value = version }], Default = "now" },
        new() { Key = "page", Type = FlagType.Json, Variants = [new() { Name = "now", Value = VariantValue.Json($$"""{"generation":{{version}}}""") }], Default = "now" },
    ];

    private static FlagDefinition[] Steady() =>
    [
        Switch("rollout") with { Rules = [new() { Serve = new RolloutOutcome { To = "on", Percent = 25 } }] },
        Switch("country") with { Rules = [new() { When = new AttributeCondition { Attribute = "country", Operator = AttributeOperator.In, Operand = Benelux }, Serve = "on" }] },
        new()
        {
            Key = "banner",
            Type = FlagType.String,
            Variants = [new() { Name = "control", Value = "Welcome" }, new() { Name = "short", Value = "Hi" }, new() { Name = "long", Value = "Welcome back" }],
            Rules =
            [
                new() { Id = "staff", When = new SegmentCondition("staff"), Serve = "long" },
                new() { Id = "preview", When = new AttributeCondition { Attribute = "version", Operator = AttributeOperator.SemVer, Operand = ">=5.0.0" }, Serve = "short" },
                new() { Id = "everybody", Serve = new SplitOutcome { Weights = [new("control", 50), new("short", 25), new("long", 25)] } },
            ],
        },
        Switch(Killable) with { Default = "on" },
        Switch("experiment") with { Default = new ExperimentOutcome { Key = "soak-test", Split = [new("on", 50), new("off", 50)] } },
    ];

    private static FlagDefinition Filler(int place, long version) => Switch($"filler-{place}") with
    {
        Rules =
        [
            new() { When = new AttributeCondition { Attribute = "plan", Operator = AttributeOperator.In, Operand = new[] { "gold", $"plan-{version % 7}" } }, Serve = "on" },
            new() { Serve = new RolloutOutcome { To = "on", Percent = version % 100 } },
        ],
    };

    private static FlagDefinition Switch(string key) => new() { Key = key, Type = FlagType.Boolean, Variants = OnAndOff, Default = "off" };
}

/// <summary>What the JSON flag holds.</summary>
/// <param name="Generation">The version that it was published with.</param>
internal sealed record Page(long Generation);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page))]
internal sealed partial class SoakJson : JsonSerializerContext;
