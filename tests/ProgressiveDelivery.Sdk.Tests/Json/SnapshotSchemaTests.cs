using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class SnapshotSchemaTests
{
    private static readonly JsonElement Schema = SnapshotSchema.Root;

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

    [Fact]
    public void SchemaAcceptsTheCompleteDocument() => SnapshotSchema.Accepts(Encoding.UTF8.GetBytes(Documents.Complete)).Should().BeTrue();

    [Theory]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "enabled": null, "offVariant": null, "requires": null, "rules": null, "default": null, "clientVisible": null, "metadata": null, "guards": null }""")]
    [InlineData("""{ "type": "json", "variants": { "yes": { "a": null }, "no": [] }, "somethingNewer": 5 }""")]
    [InlineData("""{ "type": "integer", "variants": { "yes": 1.0, "no": 1e2 } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "rollout": { "to": "yes", "percent": null, "steps": [], "curve": null, "by": null, "salt": null }, "else": null, "split": null, "experiment": null } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "experiment": { "key": "", "split": { "yes": 1, "no": null }, "layer": null, "slots": null, "holdout": null, "sticky": null, "else": null } } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "id": null, "when": { "all": null, "segment": null, "attribute": "a", "equals": null, "in": [], "ignoreCase": null }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "attribute": "a", "soundsLike": 5 }, "serve": "yes" }, { "when": { "attribute": "", "equals": null }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "schedule": {} }, "serve": "yes" }, { "when": { "between": [null, null] }, "serve": "yes" } ] }""")]
    public void SchemaAcceptsWhatTheReaderAccepts(string flag)
    {
        var document = Documents.With($$""" "flags": { "f": {{flag}}, "gone": null } """);

        SnapshotSchema.Accepts(Encoding.UTF8.GetBytes(document)).Should().BeTrue();
        Documents.Read(document).Flag().Defect.Should().BeNull();
    }

    [Theory]
    [InlineData("5")]
    [InlineData("""{ "variants": { "yes": "Y" } }""")]
    [InlineData("""{ "type": "text", "variants": { "yes": "Y" } }""")]
    [InlineData("""{ "type": "string" }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": 5 } }""")]
    [InlineData("""{ "type": "boolean", "variants": { "yes": "true" } }""")]
    [InlineData("""{ "type": "integer", "variants": { "yes": 1.5 } }""")]
    [InlineData("""{ "type": "json", "variants": { "yes": null } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "enabled": "yes" }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "requires": [ "g" ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ null ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "split": { "yes": 1 }, "rollout": { "to": "yes", "percent": 5 } } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "rollout": { "to": { "experiment": { } }, "percent": 5 } } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "rollout": { "to": "yes", "steps": [ { "at": "2026-12-01", "percent": 5 } ] } } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "experiment": { "key": "x", "split": { "yes": 1 }, "slots": [0] } } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "experiment": { "key": "x", "split": { "yes": 1 }, "sticky": { } } } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "all": [], "segment": "s" }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "attribute": "a", "equals": 1, "in": [1] }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "flag": "g" }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "attribute": "a", "in": [ { } ] }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "between": [ "2026-12-01T00:00:00Z" ] }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "schedule": { "days": ["Monday"] } }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "schedule": { "from": "24:00" } }, "serve": "yes" } ] }""")]
    public void SchemaRefusesWhatTheReaderCallsMalformed(string flag)
    {
        var document = Documents.With($$""" "flags": { "f": {{flag}} } """);

        SnapshotSchema.Accepts(Encoding.UTF8.GetBytes(document)).Should().BeFalse();
        Documents.Read(document).Flag().Defect.Should().NotBeNull();
    }

    [Theory]
    [InlineData("""{ "schema": "progressive-delivery/2", "version": 1, "flags": { } }""")]
    [InlineData("""{ "version": 1, "flags": { } }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "flags": { } }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 0, "flags": { } }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1 }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1, "flags": { }, "expiresAt": "tomorrow" }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1, "flags": { }, "assertions": [ { } ] }""")]
    public void SchemaRefusesWhatTheReaderRefuses(string document)
    {
        SnapshotSchema.Accepts(Encoding.UTF8.GetBytes(document)).Should().BeFalse();
        Documents.Read(document).Definition.Should().BeNull();
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
