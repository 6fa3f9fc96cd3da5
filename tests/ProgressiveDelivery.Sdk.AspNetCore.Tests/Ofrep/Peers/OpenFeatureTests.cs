using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep.Peers;

/// <summary>OpenFeature's own SDKs for servers and for browsers, with their OFREP providers, in Node.js.</summary>
[Trait("Category", "Long")]
public sealed class OpenFeatureTests
{
    private const string Ann = """{"targetingKey": "ann", "country": "BE"}""";

    [OfrepPeersFact]
    public async Task ServerSdkIsAnsweredInAllTypes()
    {
        await using var site = await OfrepSite.StartAsync();
        await using var node = NodeProgram.Start("ofrep-server.mjs");
        await node.SendAsync($$"""{"start": "{{site.Address}}"}""");

        (await AskAsync("boolean", "checkout", "false", """{"targetingKey": "ann", "country": "NL"}""")).Should().Be(("true", "on", "TARGETING_MATCH", null));
        (await AskAsync("boolean", "checkout", "true", Ann)).Should().Be(("false", "off", "DEFAULT", null));
        (await AskAsync("string", "text", "\"x\"", "{}")).Should().Be(("\"\\u00E9\\u003C/script\\u003E\"", "a", "STATIC", null));
        (await AskAsync("number", "ratio", "1", "{}")).Should().Be(("0.5", "half", "STATIC", null));
        (await AskAsync("object", "layout", "{}", "{}")).Should().Be(("""{"columns":[1,null]}""", "wide", "STATIC", null));
        (await AskAsync("boolean", "split", "false", Ann)).Should().Be(("true", "on", "SPLIT", null));
        (await AskAsync("boolean", "off", "true", Ann)).Should().Be(("false", "off", "DISABLED", null));

        (await AskAsync("boolean", "secret", "true", Ann)).Should().Be(("true", null, "ERROR", "FLAG_NOT_FOUND"));
        (await AskAsync("boolean", "malformed", "true", Ann)).Should().Be(("true", null, "ERROR", "PARSE_ERROR"));
        (await AskAsync("string", "checkout", "\"x\"", Ann)).Should().Be(("\"x\"", null, "ERROR", "TYPE_MISMATCH"));
        (await AskAsync("boolean", "checkout", "true", """{"targetingKey": 17}""")).Should().Be(("true", null, "ERROR", "INVALID_CONTEXT"));
        (await AskAsync("string", "nothing", "\"x\"", Ann)).Value.Should().Be("\"x\"", "a flag without a variant leaves the caller's default");

        async Task<(string? Value, string? Variant, string? Reason, string? Error)> AskAsync(string type, string key, string fallback, string context)
        {
            var details = await node.SendAsync($$"""{"ask": {"type": "{{type}}", "key": "{{key}}", "fallback": {{fallback}}, "context": {{context}} } }""");
            return (details["value"]?.ToJsonString(), (string?)details["variant"], (string?)details["reason"], (string?)details["errorCode"]);
        }
    }

    [OfrepPeersFact]
    public async Task WebSdkIsAnsweredAtOnceAndFollowsItsContext()
    {
        await using var site = await OfrepSite.StartAsync();
        await using var node = NodeProgram.Start("ofrep-web.mjs");
        await node.SendAsync($$"""{"start": {"address": "{{site.Address}}", "changeDetection": "none", "context": {{Ann}} } }""");

        (await AskAsync(node, "boolean", "checkout", "true")).Should().Be(("false", "DEFAULT", null));
        (await AskAsync(node, "string", "text", "\"x\"")).Value.Should().Contain("script");
        (await AskAsync(node, "number", "count", "1")).Value.Should().Be("9007199254740992", "JavaScript has no other number");
        (await AskAsync(node, "object", "layout", "{}")).Value.Should().Be("""{"columns":[1,null]}""");
        (await AskAsync(node, "string", "nothing", "\"x\"")).Should().Be(("\"x\"", "DEFAULT", null));
        (await AskAsync(node, "boolean", "bare", "true")).Should().Be(("true", "DISABLED", null));
        (await AskAsync(node, "boolean", "malformed", "true")).Should().Be(("true", "ERROR", "PARSE_ERROR"));
        (await AskAsync(node, "boolean", "secret", "true")).Should().Be(("true", "ERROR", "FLAG_NOT_FOUND"));

        await node.SendAsync("""{"context": {"targetingKey": "ann", "country": "NL"} }""");
        (await AskAsync(node, "boolean", "checkout", "false")).Should().Be(("true", "TARGETING_MATCH", null));
    }

    [OfrepPeersFact]
    public async Task WebSdkIsToldOfAChangeAndPollingCostsNoBody()
    {
        await using var site = await OfrepSite.StartAsync();
        await using var node = NodeProgram.Start("ofrep-web.mjs");
        await node.SendAsync($$"""{"start": {"address": "{{site.Address}}", "context": {{Ann}} } }""");
        await UntilAsync(node, state => (int)state["streams"]! == 1);

        site.Publish(2, OfrepApp.Flags.Replace("0.5", "0.6", StringComparison.Ordinal));
        var changed = await UntilAsync(node, state => state["changes"]!.AsArray().Any(change => change?.ToJsonString() == """["ratio"]"""));
        (await AskAsync(node, "number", "ratio", "1")).Value.Should().Be("0.6");

        // The flag changes, and none of this visitor's answers: the same tag.
        site.Publish(3, OfrepApp.Flags.Replace("0.5", "0.6", StringComparison.Ordinal).Replace("\"NL\"", "\"LU\"", StringComparison.Ordinal));
        var same = await UntilAsync(node, state => state["statuses"]!.AsArray().Any(status => (int)status! == 304));
        same["changes"]!.ToJsonString().Should().Be(changed["changes"]!.ToJsonString());
    }

    [OfrepPeersFact]
    public async Task WebSdkThatPollsIsAnsweredWith304UntilSomethingChanges()
    {
        await using var site = await OfrepSite.StartAsync();
        await using var node = NodeProgram.Start("ofrep-web.mjs");
        await node.SendAsync($$"""{"start": {"address": "{{site.Address}}", "changeDetection": "polling", "pollInterval": 50, "context": {{Ann}} } }""");

        await UntilAsync(node, state => state["statuses"]!.AsArray().Count(status => (int)status! == 304) >= 2);
        site.Publish(2, OfrepApp.Flags.Replace("0.5", "0.7", StringComparison.Ordinal));

        await UntilAsync(node, state => state["changes"]!.AsArray().Any(change => change?.ToJsonString() == """["ratio"]"""));
        (await AskAsync(node, "number", "ratio", "1")).Value.Should().Be("0.7");
    }

    private static async Task<(string? Value, string? Reason, string? Error)> AskAsync(NodeProgram node, string type, string key, string fallback)
    {
        var details = (await node.SendAsync($$"""{"ask": {"type": "{{type}}", "key": "{{key}}", "fallback": {{fallback}} } }"""))["details"]!;
        return (details["value"]?.ToJsonString(), (string?)details["reason"], (string?)details["errorCode"]);
    }

    private static async Task<JsonNode> UntilAsync(NodeProgram node, Func<JsonNode, bool> holds)
    {
        using var patience = new CancellationTokenSource(Wait.Patience);
        JsonNode state;
        while (!holds(state = await node.SendAsync("{}")))
        {
            if (patience.IsCancellationRequested)
                throw new InvalidOperationException(state.ToJsonString());
        }

        return state;
    }
}
