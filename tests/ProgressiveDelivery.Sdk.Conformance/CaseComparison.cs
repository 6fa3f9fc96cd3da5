using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Compares exactly the members that a case states: numbers by value, all else structurally.</summary>
internal static class CaseComparison
{
    /// <summary>The result of a case of which this came out. A member that is stated and did not come out is null.</summary>
    public static CaseResult Of(JsonElement @case, JsonObject actual)
    {
        var id = @case.GetProperty("id").GetString()!;
        var expected = @case.GetProperty("expect");
        using var document = JsonDocument.Parse(actual.ToJsonString(), new() { MaxDepth = 512 });
        foreach (var member in expected.EnumerateObject())
        {
            if (!AreSame(member.Value, document.RootElement.TryGetProperty(member.Name, out var value) ? value : Null))
                return new(id, expected.GetRawText(), document.RootElement.GetRawText());
        }

        return CaseResult.Success(id);
    }

    public static bool AreSame(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => one.GetRawText() == other.GetRawText() || one.GetDouble().Equals(other.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) =>
            one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => AreSame(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) =>
            one.EnumerateObject().Count() == other.EnumerateObject().Count()
            && one.EnumerateObject().All(member => other.TryGetProperty(member.Name, out var value) && AreSame(member.Value, value)),
        _ => JsonElement.DeepEquals(one, other),
    };

    private static JsonElement Null { get; } = JsonDocument.Parse("null").RootElement;
}
