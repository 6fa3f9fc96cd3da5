using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement.Differential;

/// <summary>Flattens JSON to keys and values, as configuration does.</summary>
internal static class Pairs
{
    public static IEnumerable<KeyValuePair<string, string?>> Of(JsonNode? node, string path = "") => node switch
    {
        JsonObject { Count: > 0 } whole => whole.SelectMany(member => Of(member.Value, Below(path, member.Key))),
        JsonArray { Count: > 0 } list => list.SelectMany((item, index) => Of(item, Below(path, $"{index}"))),
        JsonArray => [new(path, "")],
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => [new(path, value.GetValue<bool>().ToString())],
        JsonValue value => [new(path, value.ToString())],
        _ => path.Length == 0 ? [] : [new(path, null)],
    };

    private static string Below(string path, string key) => path.Length == 0 ? key : $"{path}:{key}";
}
