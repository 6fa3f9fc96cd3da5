using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep;

/// <summary>Answers about one flag and about all of them, as the protocol has them.</summary>
public sealed class EvaluationTests
{
    [Theory]
    [InlineData("checkout", """{"key":"checkout","value":false,"reason":"DEFAULT","variant":"off","metadata":{"evaluationReason":"Default","snapshotVersion":1}}""")]
    [InlineData("text", """{"key":"text","value":"\u00E9\u003C/script\u003E","reason":"STATIC","variant":"a","metadata":{"evaluationReason":"Default","snapshotVersion":1}}""")]
    [InlineData("count", """{"key":"count","value":9007199254740993,"reason":"STATIC","variant":"big","metadata":{"evaluationReason":"Default","snapshotVersion":1}}""")]
    [InlineData("ratio", """{"key":"ratio","value":0.5,"reason":"STATIC","variant":"half","metadata":{"evaluationReason":"Default","snapshotVersion":1}}""")]
    [InlineData("layout", """{"key":"layout","value":{"columns":[1,null]},"reason":"STATIC","variant":"wide","metadata":{"evaluationReason":"Default","snapshotVersion":1}}""")]
    [InlineData("split", """{"key":"split","value":true,"reason":"SPLIT","variant":"on","metadata":{"evaluationReason":"Split","snapshotVersion":1}}""")]
    [InlineData("off", """{"key":"off","value":false,"reason":"DISABLED","variant":"off","metadata":{"evaluationReason":"Off","snapshotVersion":1}}""")]
    [InlineData("child", """{"key":"child","value":false,"reason":"DEFAULT","variant":"off","metadata":{"evaluationReason":"PrerequisiteFailed","snapshotVersion":1}}""")]
    public async Task AnswerHasValueVariantAndReason(string flag, string expected)
    {
        await using var app = await OfrepApp.StartAsync();

        var answer = await app.AskAsync(flag);

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Text.Should().Be(expected);
        answer.Headers.CacheControl!.ToString().Should().Be("no-store, private");
    }

    [Theory]
    [InlineData("bare", "DISABLED", "Off")]
    [InlineData("nothing", "DEFAULT", "Default")]
    public async Task FlagWithoutAVariantHasNoValueSoThatTheCallersDefaultHolds(string flag, string reason, string own)
    {
        await using var app = await OfrepApp.StartAsync();

        var answer = await app.AskAsync(flag);

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Json!.AsObject().Select(member => member.Key).Should().Equal("key", "reason", "metadata");
        ((string?)answer.Json["reason"]).Should().Be(reason);
        ((string?)answer.Json["metadata"]!["evaluationReason"]).Should().Be(own);
    }

    [Fact]
    public async Task ListingSaysTheSameAsEachFlagAlone()
    {
        await using var app = await OfrepApp.StartAsync();
        var context = """{"context": {"country": "NL"}}""";

        var all = await app.AskAllAsync(context);

        all.Json!["flags"]!.AsArray().Select(flag => (string?)flag!["key"])
            .Should().Equal("checkout", "text", "count", "ratio", "layout", "split", "off", "bare", "nothing", "child", "malformed");
        foreach (var listed in all.Json["flags"]!.AsArray())
        {
            var one = (await app.AskAsync((string)listed!["key"]!, context)).Json!;
            (one["metadata"] as JsonObject)?.Remove("snapshotVersion");
            listed.ToJsonString().Should().Be(one.ToJsonString());
        }

        ((string?)all.Flag("checkout")!["reason"]).Should().Be("TARGETING_MATCH");
        all.Flag("malformed")!.ToJsonString().Should().Contain("\"errorCode\":\"PARSE_ERROR\"");
    }

    [Theory]
    [InlineData("no-such-flag"), InlineData("secret"), InlineData("a/b"), InlineData("é ?#&;%"), InlineData(" "), InlineData("../../admin"), InlineData("__proto__")]
    public async Task S15_UnknownAndHiddenFlagsLookTheSame(string flag)
    {
        await using var app = await OfrepApp.StartAsync();

        var answer = await app.AskAsync(flag);

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.Json!.ToJsonString().Should().Be(new JsonObject
        {
            ["key"] = flag,
            ["errorCode"] = "FLAG_NOT_FOUND",
            ["errorDetails"] = "There is no such flag. Correct the key, or mark the flag as client-visible.",
        }.ToJsonString());
    }

    [Theory]
    [InlineData("a/b", "a/b"), InlineData("a/b", "a%2Fb"), InlineData("a/b", "a%2fb"), InlineData("é %?", "%C3%A9%20%25%3F"), InlineData("x//y", "x//y")]
    public async Task KeyIsReadAsItIsMeant(string key, string path)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(key);
        await using var app = await OfrepApp.StartAsync(flags: text + """: {"type": "boolean", "clientVisible": true, "default": "on"}""");

        var answer = await app.PostAsync($"{OfrepApp.All}/{path}", "{}");

        ((string?)answer.Json!["key"]).Should().Be(key);
        ((bool?)answer.Json["value"]).Should().BeTrue();
    }

    [Fact]
    public async Task S14_EmptyAndEndlessKeysAreUnknownFlags()
    {
        await using var app = await OfrepApp.StartAsync();
        var endless = new string('k', 10_000);

        var empty = await app.PostAsync(OfrepApp.All + "/", "{}");
        var long_ = await app.AskAsync(endless);

        (empty.Status, (string?)empty.Json!["key"]).Should().Be((HttpStatusCode.NotFound, ""));
        (long_.Status, (string?)long_.Json!["key"]).Should().Be((HttpStatusCode.NotFound, endless));
    }

    [Fact]
    public async Task MalformedFlagIsAnErrorThatShowsNoRule()
    {
        await using var app = await OfrepApp.StartAsync();

        var malformed = await app.AskAsync("malformed");

        (malformed.Status, (string?)malformed.Json!["errorCode"]).Should().Be((HttpStatusCode.BadRequest, "PARSE_ERROR"));
        malformed.Text.Should().NotContain("no-such-variant");
        (await app.AskAllAsync()).Text.Should().NotContain("no-such-variant").And.NotContain("secret");
    }

    [Fact]
    public async Task MissingTargetingKeyIsAnErrorOfTheOneFlag()
    {
        await using var app = await OfrepApp.StartAsync();
        await PublishAsync(app, new FlagDefinition { Key = "keyed", Type = FlagType.Boolean, ClientVisible = true, RequiresKeys = true, Default = "on", Variants = [new() { Name = "on", Value = true }] });

        var keyless = await app.AskAsync("keyed", "{}");
        var listed = await app.AskAllAsync("{}");

        (keyless.Status, (string?)keyless.Json!["errorCode"]).Should().Be((HttpStatusCode.BadRequest, "TARGETING_KEY_MISSING"));
        (listed.Status, listed.Flag("keyed")!.ToJsonString()).Should().Be((HttpStatusCode.OK, keyless.Json.ToJsonString()));
        ((bool?)(await app.AskAsync("keyed")).Json!["value"]).Should().BeTrue();
    }

    [Fact]
    public async Task ServerWithoutRulesSaysSoInTheTwoFormsOfTheProtocol()
    {
        await using var app = await OfrepApp.StartAsync(flags: "no document");

        var one = await app.AskAsync("checkout");
        var all = await app.AskAllAsync();

        one.Status.Should().Be(HttpStatusCode.InternalServerError);
        ((string?)one.Json!["errorCode"]).Should().Be("GENERAL");
        one.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        all.Status.Should().Be(HttpStatusCode.InternalServerError);
        all.Json!.AsObject().Select(member => member.Key).Should().Equal("errorDetails");
    }

    [Fact]
    public async Task OperatorsOverrideIsStaticAndSaysItsOwnReason()
    {
        await using var app = await OfrepApp.StartAsync();
        await app.App.App.Services.GetRequiredService<ISnapshotControl>().OverrideAsync("checkout", "on", new("ops", "a test"));

        foreach (var answer in new[] { (await app.AskAsync("checkout")).Json!, (await app.AskAllAsync()).Flag("checkout")! })
        {
            ((string?)answer["reason"]).Should().Be("STATIC");
            ((string?)answer["metadata"]!["evaluationReason"]).Should().Be("Override");
            ((bool?)answer["value"]).Should().BeTrue();
        }
    }

    [Fact]
    public async Task SecondFacetIsMetadataAndTheValueOfAVariantWithoutOne()
    {
        await using var app = await OfrepApp.StartAsync();
        await PublishAsync(
            app,
            new() { Key = "facet", Type = FlagType.String, ClientVisible = true, Default = "v", Variants = [new() { Name = "v", Value = "b", Enabled = false }] },
            new() { Key = "state", Type = FlagType.String, ClientVisible = true, Default = "v", Variants = [new() { Name = "v", Value = VariantValue.None, Enabled = true }] });

        var all = await app.AskAllAsync();

        foreach (var answer in new[] { (await app.AskAsync("facet")).Json!, all.Flag("facet")! })
            (answer["value"]!.ToJsonString(), (bool?)answer["metadata"]!["enabled"]).Should().Be(("\"b\"", false));
        foreach (var answer in new[] { (await app.AskAsync("state")).Json!, all.Flag("state")! })
            (answer["value"]!.ToJsonString(), (bool?)answer["metadata"]!["enabled"]).Should().Be(("true", true));
    }

    [Fact]
    public async Task OneFlagIsAnExposureAndAListingIsNone()
    {
        var events = new InMemoryEventSink();
        await using var app = await OfrepApp.StartAsync(
            flags: """ "buy": {"type": "boolean", "clientVisible": true, "default": {"experiment": {"key": "buy-1", "split": {"on": 1, "off": 1}}}} """,
            client: features => features.SendEventsTo(events));

        await app.AskAllAsync("""{"context": {"targetingKey": "listed"}}""");
        await app.AskAsync("buy", """{"context": {"targetingKey": "asked"}}""");

        await app.App.App.StopAsync();
        events.Events.OfType<ExposureEvent>().Select(exposure => exposure.Unit).Should().Equal("asked");
    }

    private static async Task PublishAsync(OfrepApp app, params FlagDefinition[] flags)
    {
        app.App.Source.Set(new SnapshotDefinition { Version = 2, Flags = flags });
        await Wait.UntilAsync(() => app.App.Features.Status.SnapshotVersion == 2);
    }
}
