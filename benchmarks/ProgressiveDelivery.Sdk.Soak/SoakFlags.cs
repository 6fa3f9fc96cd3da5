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

    public static readonly FeatureFlag<bool> Left = new("left", fallback: false);
    public static readonly FeatureFlag<bool> Right = new("right", fallback: true);
    public static readonly FeatureFlag<long> Generation = new("generation", fallback: 0);
    public static readonly FeatureFlag<Page> Page = new("page", new Page(0), SoakJson.Default.Page);
    public static readonly FeatureFlag<bool> Rollout = new("rollout", fallback: false);
    public static readonly FeatureFlag<bool> Country = new("country", fallback: false);
    public static readonly FeatureFlag<string> Banner = new("banner", "none");

    private static readonly VariantDefinition[] OnAndOff = [new("on", true), new("off", false)];
    private static readonly string[] Benelux = ["BE", "LU", "NL"];
    private static readonly AssertionDefinition[] Assertions = [new("rollout", new("nobody"), "off")];

    /// <summary>All flags of a version.</summary>
    public static SnapshotDefinition Whole(long version, int count, DateTimeOffset published) => new()
    {
        Version = version,
        PublishedAt = published,
        Segments = [new() { Name = "staff", Include = ["u-1", "u-2"] }],
        Flags = [.. Telling(version), .. Steady(), .. Enumerable.Range(0, count - 8).Select(place => Filler(place, version))],
        Assertions = Assertions,
    };

    /// <summary>What changes from a version to the next.</summary>
    public static SnapshotDefinition Changes(long version, int count, DateTimeOffset published) => new()
    {
        Version = version,
        PublishedAt = published,
        Flags = [.. Telling(version), Filler((int)(version % (count - 8)), version)],
    };

    public static bool LeftAndRight(long version) => version % 2 == 0;

    private static FlagDefinition[] Telling(long version) =>
    [
        Switch("left") with { Default = LeftAndRight(version) ? "on" : "off" },
        Switch("right") with { Rules = [new() { When = new FlagCondition("left", ["on"]), Serve = "on" }] },
        new() { Key = "generation", Type = FlagType.Integer, Variants = [new("now", version)], Default = "now" },
        new() { Key = "page", Type = FlagType.Json, Variants = [new("now", VariantValue.Json($$"""{"generation":{{version}}}"""))], Default = "now" },
    ];

    private static FlagDefinition[] Steady() =>
    [
        Switch("rollout") with { Rules = [new() { Serve = new RolloutServe { To = "on", Percent = 25 } }] },
        Switch("country") with { Rules = [new() { When = new AttributeCondition("country", AttributeOperator.In, Benelux), Serve = "on" }] },
        new()
        {
            Key = "banner",
            Type = FlagType.String,
            Variants = [new("control", "Welcome"), new("short", "Hi"), new("long", "Welcome back")],
            Rules =
            [
                new() { Id = "staff", When = new SegmentCondition("staff"), Serve = "long" },
                new() { Id = "preview", When = new AttributeCondition("version", AttributeOperator.SemVer, ">=5.0.0"), Serve = "short" },
                new() { Id = "everybody", Serve = new SplitServe { Weights = [new("control", 50), new("short", 25), new("long", 25)] } },
            ],
        },
        Switch(Killable) with { Default = "on" },
    ];

    private static FlagDefinition Filler(int place, long version) => Switch($"filler-{place}") with
    {
        Rules =
        [
            new() { When = new AttributeCondition("plan", AttributeOperator.In, new[] { "gold", $"plan-{version % 7}" }), Serve = "on" },
            new() { Serve = new RolloutServe { To = "on", Percent = version % 100 } },
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
