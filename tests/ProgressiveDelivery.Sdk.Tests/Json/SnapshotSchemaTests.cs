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
        ["change"] = FormatMembers.Change,
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
        ["gate"] = FormatMembers.Gate,
        ["guard"] = FormatMembers.Guard,
        ["response"] = FormatMembers.Response,
        ["probe"] = FormatMembers.Probe,
        ["experiment"] = FormatMembers.Experiment,
        ["sticky"] = FormatMembers.Sticky,
        ["assertion"] = FormatMembers.Assertion,
    };

    /// <summary>What the schema offers to editors though the reader passes it over.</summary>
    private static readonly Dictionary<string, string[]> PassedOver = new() { ["snapshot"] = ["$schema"] };

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
    public void WordsOfGuardsAreThoseOfTheReader()
    {
        Property("guard", "kind").GetProperty("enum").EnumerateArray().Select(value => value.GetString()).Should().Equal(GuardReader.Kinds);
        Property("guard", "mode").GetProperty("enum").EnumerateArray().Select(value => value.GetString()).Should().Equal([.. GuardReader.Modes, null]);
        Schema.GetProperty("$defs").GetProperty("policy").GetProperty("enum").EnumerateArray().Select(value => value.GetString()).Should().Equal(GuardReader.Policies);
    }

    /// <summary>The flag lives, so the schema alone tells an author.</summary>
    [Theory]
    [InlineData(""" "guards": 5 """)]
    [InlineData(""" "guards": [ 5 ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "variant": "yes" } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "variant": "yes", "limit": 0.1, "against": "no" } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "variant": "yes", "limit": 1 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "errors", "variant": "yes", "limit": 0.1 } ] """)]
    [InlineData(""" "guards": [ { "kind": "error", "variant": "yes", "limit": 0.1 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "slower", "variant": "yes", "limit": 0.1 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "slower", "than": "0.4 s", "variant": "yes", "limit": 0.1 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "than": "0.4s", "variant": "yes", "limit": 0.1 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "metric", "metric": "m", "variant": "yes", "limit": 0.1 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "metric", "metric": "m", "above": 1, "below": 1, "variant": "yes", "limit": 0.1 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "variant": "yes", "limit": 0.1, "alpha": 0 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "variant": "yes", "limit": 0.1, "within": 0 } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "variant": "yes", "limit": 0.1, "then": {} } ] """)]
    [InlineData(""" "guards": [ { "id": "a", "kind": "error", "variant": "yes", "limit": 0.1, "then": "no", "probe": { "percent": 0 } } ] """)]
    [InlineData(""" "default": { "rollout": { "to": "yes", "steps": [ { "at": "2026-12-01T09:00:00Z", "percent": 1, "gate": true } ] } } """)]
    [InlineData(""" "default": { "rollout": { "to": "yes", "steps": [ { "at": "2026-12-01T09:00:00Z", "percent": 1, "gate": { "minimumTime": 5 } } ] } } """)]
    [InlineData(""" "default": { "rollout": { "to": "yes", "steps": [ ], "blackouts": [ { "days": ["Fryday"] } ] } } """)]
    public void SchemaRefusesFaultyGuardsGatesAndBlackoutsWithWhichTheFlagLives(string members)
    {
        var document = Documents.With($$""" "flags": { "f": { "type": "string", "variants": { "yes": "Y", "no": "N" }, {{members}} } } """);

        SnapshotSchema.Accepts(Encoding.UTF8.GetBytes(document)).Should().BeFalse();
        Documents.Read(document).Flag().Defect.Should().BeNull();
        Documents.Read(document).Definition!.Compile().Rules.Find("f")!.Should().Match<ProgressiveDelivery.Sdk.Evaluation.CompiledFlag>(flag => !flag.IsQuarantined && flag.Guards.Count == 0);
    }

    [Fact]
    public void SchemaAcceptsTheCompleteDocument() => SnapshotSchema.Accepts(Encoding.UTF8.GetBytes(Documents.Complete)).Should().BeTrue();

    [Theory]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "enabled": null, "offVariant": null, "requires": null, "rules": null, "default": null, "clientVisible": null, "metadata": null, "guards": null, "attempt": null }""")]
    [InlineData("""{ "type": "json", "variants": { "yes": { "a": null }, "no": [] }, "somethingNewer": 5 }""")]
    [InlineData("""{ "type": "integer", "variants": { "yes": 1.0, "no": 1e2 } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "rollout": { "to": "yes", "percent": null, "steps": [], "curve": null, "by": null, "salt": null }, "else": null, "split": null, "experiment": null } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "default": { "experiment": { "key": "", "split": { "yes": 1, "no": null }, "layer": null, "slots": null, "holdout": null, "sticky": null, "else": null } } }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "id": null, "when": { "all": null, "segment": null, "attribute": "a", "equals": null, "in": [], "ignoreCase": null }, "serve": "yes" } ] }""")]
    [InlineData("""{ "type": "string", "variants": { "yes": "Y" }, "rules": [ { "when": { "attribute": "a", "soundsLike": 5 }, "serve": "yes" }, { "when": { "attribute": "", "equals": null }, "serve": "yes" } ] }""")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("""{ "type": "boolean" }""")]
    [InlineData("""{ "type": "boolean", "variants": null, "default": "on", "track": true }""")]
    [InlineData("""{ "type": "boolean", "guards": [ { "id": "a", "kind": "error", "variant": "on", "limit": 0.1, "against": null, "than": null, "metric": null, "above": null, "below": null, "margin": null, "ratio": null, "mode": null, "alpha": null, "within": null, "minimumBad": null, "minimumOutcomes": null, "oncePer": null, "then": null, "inconclusive": null, "noData": null, "dryRun": null, "probe": null } ] }""")]
    [InlineData("""{ "type": "boolean", "default": { "rollout": { "to": "on", "steps": [ { "at": "2026-12-01T09:00:00Z", "percent": 1, "gate": { "guards": null, "outcomes": null, "minimumTime": null, "stepBackAfter": null } } ], "blackouts": null } } }""")]
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
    [InlineData("""{ "type": "integer", "variants": null }""")]
    [InlineData("\"on\"")]
    [InlineData("""{ "type": "boolean", "track": "yes" }""")]
    [InlineData("""{ "type": "boolean", "attempt": 1.5 }""")]
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
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 0, "flags": { } }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1 }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1, "flags": { }, "expiresAt": "tomorrow" }""")]
    [InlineData("""{ "schema": "progressive-delivery/1", "version": 1, "flags": { }, "assertions": [ { } ] }""")]
    public void SchemaRefusesWhatTheReaderRefuses(string document)
    {
        SnapshotSchema.Accepts(Encoding.UTF8.GetBytes(document)).Should().BeFalse();
        Documents.Read(document).Definition.Should().BeNull();
    }

    [Fact]
    public void SchemaAcceptsAFileWithoutVersionAsItsReaderDoes()
    {
        var document = """{ "$schema": "snapshot.v1.schema.json", "schema": "progressive-delivery/1", "flags": { "maintenance": true } }"""u8.ToArray();

        SnapshotSchema.Accepts(document).Should().BeTrue();
        SnapshotJson.Read(document, SnapshotReadModes.File | SnapshotReadModes.Strict).Diagnostics.Should().BeEmpty();
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
