using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Tests.GrowthBook;

/// <summary>Features as an application asks for them.</summary>
public sealed class GrowthBookFormatTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("""{ "age": { "$lt": 10 } }""", true)]
    [InlineData("""{ "plan": { "$ne": "free" } }""", true)]
    [InlineData("""{ "plan": { "$nin": "free" } }""", false)]
    [InlineData("""{ "plan": { "$exists": false } }""", true)]
    [InlineData("""{ "plan": { "$regex": "^nu" } }""", true)]
    [InlineData("""{ "plan": { "$type": "null" } }""", true)]
    [InlineData("""{ "$nor": [] }""", false)]
    [InlineData("""{ "$or": [] }""", true)]
    public async Task MissingAttributeCountsAsECMAScriptHasIt(string condition, bool holds) =>
        (await AskAsync(condition, new("u"))).Should().Be(holds);

    [Theory]
    [InlineData("""{ "n": "7" }""", true)]
    [InlineData("""{ "n": { "$eq": "7" } }""", false)]
    [InlineData("""{ "n": { "$gt": "6" } }""", true)]
    [InlineData("""{ "n": { "$in": ["7", 8] } }""", false)]
    [InlineData("""{ "tags": "red,blue" }""", true)]
    [InlineData("""{ "tags": ["red", "blue"] }""", true)]
    [InlineData("""{ "tags": ["blue", "red"] }""", false)]
    [InlineData("""{ "tags": { "$size": { "$gt": 1 } } }""", true)]
    [InlineData("""{ "tags": { "$alli": ["RED"] } }""", true)]
    [InlineData("""{ "tags.1": "blue" }""", true)]
    [InlineData("""{ "off": false }""", true)]
    [InlineData("""{ "off": { "$exists": true } }""", true)]
    [InlineData("""{ "items": { "$elemMatch": { "size": { "$gte": 2 } } } }""", true)]
    [InlineData("""{ "items": { "$elemMatch": { "size": { "$gte": 3 } } } }""", false)]
    [InlineData("""{ "app": { "$vgte": "2.0.0" } }""", true)]
    [InlineData("""{ "app": { "$vgt": "2.10.0-rc.1", "$vlt": "2.10.1" } }""", true)]
    [InlineData("""{ "n": { "$sounds": "like" } }""", false)]
    public async Task ValuesAreComparedAsECMAScriptDoes(string condition, bool holds)
    {
        var context = new EvaluationContext("u")
        {
            ["n"] = 7,
            ["tags"] = AttributeValue.List(["red", "blue"]),
            ["off"] = false,
            ["items"] = AttributeValue.List([AttributeValue.Object([new("size", 1)]), AttributeValue.Object([new("size", 2)])]),
            ["app"] = "v2.10.0+build.7",
        };

        (await AskAsync(condition, context)).Should().Be(holds);
    }

    [Fact]
    public async Task TargetingKeyIsTheIdUnlessThereIsOne()
    {
        const string condition = """{ "id": { "$in": ["ann"] } }""";

        (await AskAsync(condition, new("ann"))).Should().BeTrue();
        (await AskAsync(condition, new("bob") { ["id"] = "ann" })).Should().BeTrue();
        (await AskAsync(condition, new("ann") { ["id"] = "bob" })).Should().BeFalse();
    }

    [Fact]
    public async Task ShareEndsWithItsLastPositionAndARangeBeforeIt()
    {
        // The position of "u7" by the first hash is found by asking with ever larger shares.
        await using var services = Services(Features(string.Join(", ", Enumerable.Range(0, 1001).Select(i =>
            $"\"share-{i}\": {{ \"defaultValue\": false, \"rules\": [{{ \"force\": true, \"seed\": \"s\", \"coverage\": {i / 1000.0:0.000} }}] }}, \"range-{i}\": {{ \"defaultValue\": false, \"rules\": [{{ \"force\": true, \"seed\": \"s\", \"range\": [0, {i / 1000.0:0.000}] }}] }}"))));
        var client = await ReadyAsync(services);
        var user = new EvaluationContext("u7");

        var inShare = Enumerable.Range(1, 1000).First(i => client.IsEnabled($"share-{i}", user));
        var inRange = Enumerable.Range(1, 1000).First(i => client.IsEnabled($"range-{i}", user));

        inRange.Should().Be(inShare + 1);
        client.IsEnabled("share-0", user).Should().BeFalse("a share of nothing is nobody's");
    }

    [Fact]
    public async Task ExperimentDividesUnitsAndTheCallerMayChoose()
    {
        await using var services = Services(Features("""
            "button": { "defaultValue": "grey", "rules": [
              { "id": "r", "key": "colors", "variations": ["red", "blue"], "weights": [0.3, 0.7], "coverage": 0.5, "meta": [{ "key": "R" }, { "key": "B" }] } ] }
            """));
        var client = await ReadyAsync(services);

        var counts = Enumerable.Range(0, 10_000).Select(i => client.GetString("button", new EvaluationContext($"user-{i}"), "")).CountBy(value => value).ToDictionary();
        counts["red"].Should().BeInRange(1_350, 1_650);
        counts["blue"].Should().BeInRange(3_300, 3_700);
        client.EvaluateString("button", new EvaluationContext("user-1") { ["growthbook"] = Told("forcedVariations", AttributeValue.Object([new("colors", 1)])) }, "")
            .Should().BeEquivalentTo(new { Value = "blue", Variant = "B" });
        client.GetString("button", new EvaluationContext("user-1") { ["growthbook"] = Told("url", "https://shop.example/?a=1&colors=0#top") }, "").Should().Be("red");
        client.GetString("button", new EvaluationContext("user-1") { ["growthbook"] = Told("qaMode", true) }, "").Should().Be("grey");
        client.GetString("button", new EvaluationContext("user-1") { ["growthbook"] = Told("enabled", false) }, "").Should().Be("grey");
        Enumerable.Range(0, 100).Select(i => client.GetString("button", new EvaluationContext("") { ["n"] = i }, "")).Should().OnlyContain(value => value == "grey", "nobody is nobody's unit");
    }

    [Fact]
    public async Task PrerequisiteThatGatesBlocksAndAnyOtherSkipsItsRule()
    {
        await using var services = Services(Features("""
            "plan": { "defaultValue": "free", "rules": [{ "condition": { "paid": true }, "force": "gold" }] },
            "gated": { "defaultValue": "old", "rules": [{ "parentConditions": [{ "id": "plan", "condition": { "value": "gold" }, "gate": true }] }, { "force": "new" }] },
            "skipped": { "defaultValue": "old", "rules": [{ "parentConditions": [{ "id": "plan", "condition": { "value": { "$in": ["gold"] } } }], "force": "new" }] },
            "missing": { "defaultValue": "old", "rules": [{ "parentConditions": [{ "id": "nowhere", "condition": { "value": { "$ne": "gold" } } }], "force": "new" }] },
            "circle": { "defaultValue": "old", "rules": [{ "parentConditions": [{ "id": "circle", "condition": { "value": "new" } }], "force": "new" }] }
            """));
        var client = await ReadyAsync(services);
        var (paid, free) = (new EvaluationContext("u") { ["paid"] = true }, new EvaluationContext("u"));

        client.GetString("gated", paid, "?").Should().Be("new");
        client.GetGrowthBookResult("gated", free).Should().BeEquivalentTo(new { Source = "prerequisite", Value = (string?)null, On = false });
        client.GetString("gated", free, "?").Should().Be("?");
        client.GetString("skipped", paid, "?").Should().Be("new");
        client.GetString("skipped", free, "?").Should().Be("old");
        client.GetString("missing", free, "?").Should().Be("new", "what is not there is null, and null is not gold");
        client.GetGrowthBookResult("circle", free).Source.Should().Be("cyclicPrerequisite");
    }

    [Fact]
    public async Task ExperimentOfItsOwnIsAFlagAndNothingGatesIt()
    {
        await using var services = Services("""
            { "status": 200, "features": { "plan": { "defaultValue": "free", "rules": [{ "condition": { "paid": true }, "force": "gold" }] } },
              "experiments": [
                { "key": "colors", "variations": ["grey", "red"], "weights": [0, 1], "parentConditions": [{ "id": "plan", "condition": { "value": "gold" }, "gate": true }] },
                { "key": "draft", "variations": ["grey", "red"], "weights": [0, 1], "status": "draft" },
                { "key": "page", "variations": ["grey", "red"], "weights": [0, 1], "urlPatterns": [{ "type": "simple", "include": true, "pattern": "/" }] } ] }
            """);
        var client = await ReadyAsync(services);

        client.GetString("colors", new EvaluationContext("u") { ["paid"] = true }, "?").Should().Be("red");
        client.GetString("colors", new EvaluationContext("u"), "?").Should().Be("grey");
        client.GetString("draft", new EvaluationContext("u"), "?").Should().Be("grey");
        client.GetString("page", new EvaluationContext("u"), "?").Should().Be("grey", "nobody is on a page without an address");
    }

    [Fact]
    public async Task FeatureIsOnWhereItsValueCountsAsTrueInECMAScript()
    {
        await using var services = Services(Features("""
            "zero": { "defaultValue": 0 }, "text": { "defaultValue": "0" }, "none": { "defaultValue": "" }, "list": { "defaultValue": [] }, "nothing": { "defaultValue": null }, "empty": {}
            """));
        var client = await ReadyAsync(services);

        string[] on = [.. new[] { "zero", "text", "none", "list", "nothing", "empty" }.Where(key => client.IsEnabled(key, EvaluationContext.Empty))];
        on.Should().Equal("text", "list");
        client.GetInteger("zero", EvaluationContext.Empty, 7).Should().Be(0);
    }

    [Fact]
    public void BrokenFeatureIsSetAsideAlone()
    {
        var (definition, diagnostics) = new GrowthBookFormat().Read(Encoding.UTF8.GetBytes(Features("""
            "broken": "yes", "sound": { "defaultValue": true }
            """)));

        definition!.Flags.Should().HaveCount(2);
        diagnostics.Should().ContainSingle().Which.Message.Should().Contain("'broken'").And.Contain("it is no object");
    }

    [Fact]
    public async Task EncryptedPayloadIsReadWithItsKeyAndWithNoOther()
    {
        var key = RandomNumberGenerator.GetBytes(16);
        using var aes = Aes.Create();
        aes.Key = key;
        var encrypted = $"{Convert.ToBase64String(aes.IV)}.{Convert.ToBase64String(aes.EncryptCbc("""{ "f": { "defaultValue": true } }"""u8, aes.IV))}";
        var payload = $$"""{ "status": 200, "features": {}, "encryptedFeatures": "{{encrypted}}" }""";

        await using var services = Services(payload, new(decryptionKey: Convert.ToBase64String(key)));
        (await ReadyAsync(services)).IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
        Refusal(payload, new(decryptionKey: Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)))).Should().Contain("cannot be decrypted");
        Refusal(payload, new()).Should().Contain("is encrypted, and there is no key");
        Refusal(payload, new(decryptionKey: "short")).Should().Contain("cannot be decrypted");
    }

    [Fact]
    public async Task ExplanationNamesTheRuleThatDecided()
    {
        await using var services = Services(Features("""
            "f": { "defaultValue": "a", "rules": [{ "id": "fr_1", "condition": { "country": "NL" }, "force": "b" }, { "force": "c" }] }
            """));
        var client = await ReadyAsync(services);

        client.EvaluateString("f", new EvaluationContext("u") { ["country"] = "NL" }, "").Rule.Should().Be("0: fr_1");
        client.EvaluateString("f", new EvaluationContext("u"), "").Rule.Should().Be("1");
    }

    private static string? Refusal(string payload, GrowthBookFormat format)
    {
        var (definition, diagnostics) = format.Read(Encoding.UTF8.GetBytes(payload));
        return definition is null ? diagnostics[^1].Message : null;
    }

    private static AttributeValue Told(string name, AttributeValue value) => AttributeValue.Object([new(name, value)]);

    private static string Features(string features) => $$"""{ "status": 200, "features": { {{features}} } }""";

    private static async Task<bool> AskAsync(string condition, EvaluationContext context)
    {
        await using var services = Services(Features($$"""
            "f": { "defaultValue": false, "rules": [{ "condition": {{condition}}, "force": true }] }
            """));
        return (await ReadyAsync(services)).IsEnabled("f", context);
    }

    private static async Task<IFeatureClient> ReadyAsync(ServiceProvider services)
    {
        var client = services.GetRequiredService<IFeatureClient>();
        (await client.WaitUntilReadyAsync(Patience)).State.Should().Be(FeatureClientState.Ready);
        return client;
    }

    private static ServiceProvider Services(string payload, GrowthBookFormat? format = null)
    {
        var source = new InMemorySnapshotSource(payload, format ?? new());
        return new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.From(_ => source)).BuildServiceProvider();
    }
}
