using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>The snapshot as Microsoft.FeatureManagement's schema has it.</summary>
internal static class PeerFlags
{
    public static Stream Document(int count)
    {
        var flags = new JsonArray([.. FlagKeys.All(count).Select(flag => Flag(flag.Key, flag.Shape))]);
        var document = new JsonObject { ["feature_management"] = new JsonObject { ["feature_flags"] = flags } };
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document));
    }

    private static JsonObject Flag(string key, FlagShape shape) => shape switch
    {
        FlagShape.On => new() { ["id"] = key, ["enabled"] = true },
        FlagShape.AttributeRule => Filtered(key, "Country", new() { ["In"] = new JsonArray("BE", "LU", "NL") }),
        FlagShape.Rollout => Filtered(key, "Microsoft.Targeting", new() { ["Audience"] = new JsonObject { ["DefaultRolloutPercentage"] = 25 } }),
        FlagShape.ThreeRules => Banner(key),
        _ => new() { ["id"] = key, ["enabled"] = false },
    };

    private static JsonObject Filtered(string key, string filter, JsonObject parameters) => new()
    {
        ["id"] = key,
        ["enabled"] = true,
        ["conditions"] = new JsonObject { ["client_filters"] = new JsonArray(new JsonObject { ["name"] = filter, ["parameters"] = parameters }) },
    };

    // Its allocation has users and groups where ours has a list and a version: two steps that do not hold, then the percentiles.
    private static JsonObject Banner(string key) => new()
    {
        ["id"] = key,
        ["enabled"] = true,
        ["variants"] = new JsonArray(Variant("control", "Welcome"), Variant("short", "Hi"), Variant("long", "Welcome back to the shop")),
        ["allocation"] = new JsonObject
        {
            ["user"] = new JsonArray(new JsonObject { ["variant"] = "long", ["users"] = new JsonArray("editor-1", "editor-2", "editor-3") }),
            ["group"] = new JsonArray(new JsonObject { ["variant"] = "short", ["groups"] = new JsonArray("partner", "press", "staff") }),
            ["percentile"] = new JsonArray(Percentile("control", 0, 50), Percentile("short", 50, 75), Percentile("long", 75, 100)),
            ["seed"] = key,
        },
    };

    private static JsonObject Variant(string name, string value) => new() { ["name"] = name, ["configuration_value"] = value };

    private static JsonObject Percentile(string variant, int from, int to) => new() { ["variant"] = variant, ["from"] = from, ["to"] = to };
}
