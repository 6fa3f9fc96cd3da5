using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class SnapshotSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("schema", "snapshot.v1.schema.json"))).RootElement;

    private static readonly Dictionary<string, MemberTable> Tables = new()
    {
        ["snapshot"] = FormatMembers.Snapshot,
        ["segment"] = FormatMembers.Segment,
        ["layer"] = FormatMembers.Layer,
        ["holdout"] = FormatMembers.Holdout,
        ["flag"] = FormatMembers.Flag,
        ["prerequisite"] = FormatMembers.Prerequisite,
        ["rule"] = FormatMembers.Rule,
        ["condition"] = FormatMembers.Condition,
        ["schedule"] = FormatMembers.Schedule,
        ["serve"] = FormatMembers.Serve,
        ["rollout"] = FormatMembers.Rollout,
        ["step"] = FormatMembers.Step,
        ["experiment"] = FormatMembers.Experiment,
        ["sticky"] = FormatMembers.Sticky,
        ["assertion"] = FormatMembers.Assertion,
    };

    /// <summary>What the schema offers to editors though the reader passes it over.</summary>
    private static readonly Dictionary<string, string[]> PassedOver = new() { ["snapshot"] = ["$schema"], ["flag"] = ["guards"] };

    public static TheoryData<string> Objects => [.. Tables.Keys];

    [Theory]
    [MemberData(nameof(Objects))]
    public void SchemaAndReaderKnowTheSameMembers(string name) =>
        Properties(name).Select(member => member.Name).Should().BeEquivalentTo(Tables[name].Names.Concat(PassedOver.GetValueOrDefault(name, [])));

    [Theory]
    [MemberData(nameof(Objects))]
    public void EveryMemberIsDescribed(string name)
    {
        foreach (var member in Properties(name))
            IsDescribed(member.Value).Should().BeTrue($"'{member.Name}' of {name} is shown in editors");
    }

    [Fact]
    public void EveryReferenceHasADefinition()
    {
        var definitions = Schema.GetProperty("$defs").EnumerateObject().Select(definition => "#/$defs/" + definition.Name);

        References(Schema).Should().BeSubsetOf(definitions);
    }

    [Fact]
    public void DaysAndTypesAreThoseOfTheReader()
    {
        Enumerated("schedule", "days").Should().BeEquivalentTo(DayJson.Names);
        Property("flag", "type").GetProperty("enum").EnumerateArray().Select(value => value.GetString()).Should().Equal(FlagReader.TypeNames);
    }

    private static IEnumerable<string?> Enumerated(string name, string member) =>
        Property(name, member).GetProperty("items").GetProperty("enum").EnumerateArray().Select(value => value.GetString());

    private static JsonElement Property(string name, string member) => Properties(name).Single(property => property.Name == member).Value;

    private static JsonElement.ObjectEnumerator Properties(string name)
    {
        var definition = name == "snapshot" ? Schema : Schema.GetProperty("$defs").GetProperty(name);
        if (!definition.TryGetProperty("properties", out var properties))
            properties = definition.GetProperty("anyOf")[1].GetProperty("properties");
        return properties.EnumerateObject();
    }

    private static bool IsDescribed(JsonElement schema) =>
        schema.TryGetProperty("description", out _)
        || (schema.TryGetProperty("$ref", out var reference) && IsDescribed(Schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..])));

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
