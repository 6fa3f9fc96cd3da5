using System.Net;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Acts;

/// <summary>Explanations by the page.</summary>
public sealed class ExplainTests
{
    private const string Flags = """
        "pay": {"type": "boolean", "default": "on"},
        "checkout": {"type": "boolean", "track": true, "requires": [{"flag": "pay", "variants": ["on"]}], "offVariant": "off", "rules": [
          {"id": "staff", "when": {"attribute": "email", "endsWith": ["@example.com"]}, "serve": "on"},
          {"id": "benelux", "when": {"all": [{"attribute": "country", "in": ["NL", "BE"]}, {"attribute": "/address/city", "equals": "Gent"}]}, "serve": "on"},
          {"id": "org", "when": {"attribute": "organization:plan", "equals": "pro"}, "serve": "on"},
          {"id": "canary", "when": {"attribute": "age", "atLeast": 18}, "serve": {"rollout": {"percent": 0, "to": "on"}}}], "default": "off"}
        """;

    private static Action<FeatureDiagnosticsOptions> Page => options =>
    {
        options.PrivateAttributes.Add("email");
        options.SavedContexts["German"] = new EvaluationContext("user-1") { ["country"] = "DE", ["email"] = "kim@secret.test", ["age"] = 30 };
    };

    [Fact]
    public async Task SavedContextIsExplainedByALinkAndNothingIsCounted()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);
        app.Diagnostics.CountServed();

        var answer = await app.GetAsync("explain?saved=German&flag=checkout", "viewer");

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Words.Should().Contain("off, by the default").And.Contain("No rule decided for user-1. Value false · snapshot 1")
            .And.Contain("The flag is enabled").And.Contain("Prerequisite pay is on").And.Contain("Guards and overrides: none acts")
            .And.Contain("Rule 1, staff: does not hold").And.Contain("no; the value is private and not shown")
            .And.Contain("Rule 2, benelux: does not hold").And.Contain("it is DE")
            .And.Contain("Rule 3, org: cannot be evaluated, so it does not decide").And.Contain("the attribute is missing")
            .And.Contain("Rule 4, canary: holds, but admits 0 % and this context is outside")
            .And.Contain("An explanation is not an exposure and is not counted.");
        answer.Html.Should().NotContain("kim@secret.test").And.Contain("placeholder=\"•••••\"").And.Contain("role=\"img\" aria-label=\"This context is at ");
        app.Diagnostics.Served.Should().BeEmpty();
        app.Client.IsEnabled("checkout", new("user-1"));
        app.Client.Status.EventSinks.Should().ContainSingle().Which.Queued.Should().Be(1, "only the evaluation is an exposure");
        app.Diagnostics.Served.Should().ContainSingle();
    }

    [Fact]
    public async Task WhatWouldChangeItIsTakenFromTheSteps()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        var words = (await app.GetAsync("explain?saved=German&flag=checkout")).Words;

        var position = app.Client.Explain("checkout", new EvaluationContext("user-1") { ["country"] = "DE", ["age"] = 30 }).Steps.Single(step => step.Subject == "canary").Steps.Single(step => step.Bucket is not null).Bucket!.Position;
        words = words[words.IndexOf("What would change it", StringComparison.Ordinal)..];
        words.Should().Contain($"canary at {(position / 10_000) + 1} % or more: then on").And.Contain("org if organization:plan equals pro: then on").And.Contain("benelux if country is one of NL, BE").And.Contain("and the rest of its condition holds");
    }

    [Fact]
    public async Task TypedContextIsPostedWithItsKindsAndPointers()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        (await PostAsync(app, "checkout", "user-2", ("country", "BE", "text"), ("/address/city", "Gent", "text"))).Words.Should().Contain("on, by rule “benelux”").And.Contain("Rule 3, org: not evaluated");
        (await PostAsync(app, "checkout", "user-2", ("organization:plan", "pro", "text"))).Words.Should().Contain("on, by rule “org”");
        (await PostAsync(app, "checkout", "user-2", ("age", "20", "number"))).Words.Should().Contain("holds, but admits 0 %");
        (await PostAsync(app, "checkout", "user-2", ("age", "20", "text"))).Words.Should().Contain("Rule 4, canary: cannot be evaluated");
        var secret = await PostAsync(app, "checkout", "user-2", ("email", "ann@example.com", "text"));
        secret.Words.Should().Contain("on, by rule “staff”").And.Contain("yes; the value is private and not shown");
        secret.Html.Should().NotContain("ann@example.com", "it is private");
    }

    [Fact]
    public async Task SavedPrivateValueIsKeptWhileOtherFieldsChange()
    {
        await using var app = await ActApp.StartAsync(Flags, options =>
        {
            options.PrivateAttributes.Add("email");
            options.SavedContexts["Staff"] = new EvaluationContext("user-1") { ["email"] = "kim@example.com" };
        });
        var fields = await app.FieldsAsync("explain?saved=Staff&flag=checkout");
        fields["saved"].Should().Be("Staff");

        var answer = await app.PostAsync("explain", new() { ["saved"] = "Staff" }, [("flag", "checkout"), ("key", "user-9"), ("name", "email"), ("value", ""), ("kind", "text"), ("json", "")]);

        answer.Words.Should().Contain("on, by rule “staff”").And.Contain("for user-9");
        answer.Html.Should().NotContain("kim@example.com");
    }

    [Theory]
    [InlineData("{\"a\": }", "Not JSON at line 1, position 7")]
    [InlineData("{\n  \"a\": 1,\n  b\n}", "Not JSON at line 3, position 3")]
    [InlineData("[1]", "A context is a JSON object, and this is a list.")]
    [InlineData("\"x\"", "A context is a JSON object, and this is a text.")]
    public async Task BadJsonIsSaidWithItsPositionAndStays(string json, string fault)
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        var answer = await app.PostAsync("explain", [], [("flag", "checkout"), ("key", ""), ("json", json)]);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Words.Should().Contain(fault);
        WebUtility.HtmlDecode(answer.Html).Replace("\\u000A", "\n", StringComparison.Ordinal).Should().Contain(json);
    }

    [Fact]
    public async Task DeepJsonIsSaidToBeTooDeep()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        var answer = await app.PostAsync("explain", [], [("flag", "checkout"), ("key", ""), ("json", string.Concat(Enumerable.Repeat("{\"a\":", 2_000)) + "1" + new string('}', 2_000))]);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Words.Should().Contain("Not JSON");
    }

    [Theory]
    [InlineData(70_000, "Context is 69 kB; the limit is 64 kB.")]
    [InlineData(1_200_000, "Context is 1.2 MB; the limit is 64 kB.")]
    public async Task LargeContextIsRefusedWithItsSize(int length, string sentence)
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        var answer = await app.PostAsync("explain", [], [("flag", "checkout"), ("key", ""), ("json", "{\"a\":\"" + new string('x', length) + "\"}")]);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Words.Should().Contain(sentence);
    }

    [Theory]
    [InlineData("age", "abc", "number", "“abc” is not a number.")]
    [InlineData("age", "maybe", "boolean", "“maybe” is neither true nor false.")]
    [InlineData("age", "{", "json", "Not JSON at line 1")]
    [InlineData("age", "1,\"b\":2", "json", "Not JSON at line 1")]
    [InlineData("age", "1", "hex", "Choose what the value is")]
    public async Task BadFieldIsSaidBelowItAndStays(string name, string text, string kind, string fault)
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        var answer = await PostAsync(app, "checkout", "user-1", (name, text, kind));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Words.Should().Contain(fault);
        WebUtility.HtmlDecode(answer.Html).Should().Contain($"value=\"{text}\"");
    }

    [Fact]
    public async Task PastedPrivateValueIsNotShownAgain()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        var answer = await app.PostAsync("explain", [], [("flag", "checkout"), ("key", ""), ("json", """{"targetingKey": "user-5", "email": "ann@example.com", "country": "FR"}""")]);

        answer.Words.Should().Contain("on, by rule “staff”").And.Contain("user-5");
        answer.Html.Should().NotContain("ann@example.com").And.Contain("FR");
    }

    [Fact]
    public async Task UnknownFlagNamesTheNearest()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);

        var answer = await app.GetAsync("explain?saved=German&flag=chekout");

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.Words.Should().Contain("No flag “chekout” in snapshot 1.").And.Contain("Near to it: checkout.");
        (await app.GetAsync("explain?saved=German&flag=" + new string('z', 10_000))).Words.Should().Contain("No flag has a name like it.");
    }

    [Fact]
    public async Task OlderSnapshotIsExplainedFromTheHistory()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);
        await app.PublishAsync(2, Flags.Replace("\"default\": \"off\"}", "\"default\": \"on\"}", StringComparison.Ordinal));

        (await app.GetAsync("explain?saved=German&flag=checkout")).Words.Should().Contain("on, by the default").And.Contain("snapshot 2");
        (await app.GetAsync("explain?saved=German&flag=checkout&at=1")).Words.Should().Contain("off, by the default").And.Contain("snapshot 1, from the history");
        (await app.GetAsync("explain?saved=German&flag=checkout&at=9")).Status.Should().Be(HttpStatusCode.NotFound);
        (await app.GetAsync("explain?saved=German&flag=checkout&at=x")).Words.Should().Contain("The history has no snapshot “x” any more.");
    }

    [Fact]
    public async Task OverrideIsSaidToDecideWithItsAuthorAndItsEnd()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);
        await app.ActAsync("do=override&flag=checkout&variant=on", ("reason", "INC-7"), ("until", "1h"));

        (await app.GetAsync("explain?saved=German&flag=checkout")).Words.Should().Contain("on, by an override").And.Contain("overridden by oncall-ada: INC-7").And.Contain("The override is removed, or ends by itself at 15:00 UTC.").And.Contain("Rule 1, staff: not evaluated");
    }

    [Fact]
    public async Task ViewerSavesAContextWithTheTokenOfTheForm()
    {
        await using var app = await ActApp.StartAsync(Flags, Page);
        (string, string)[] form = [("flag", "checkout"), ("key", "user-3"), ("name", "email"), ("value", "ann@example.com"), ("kind", "text"), ("json", ""), ("as", " Ann ")];

        (await app.PostAsync("save-context", [], form, "viewer")).Status.Should().Be(HttpStatusCode.BadRequest, "the token is missing");
        var fields = await app.FieldsAsync("explain", "viewer");
        var saved = await app.PostAsync("save-context", fields, form, "viewer");

        saved.Status.Should().Be(HttpStatusCode.SeeOther);
        saved.Location.Should().Be("explain?saved=Ann&flag=checkout");
        var answer = await app.GetAsync(saved.Location!, "other");
        answer.Words.Should().Contain("on, by rule “staff”").And.Contain("user-3");
        answer.Html.Should().NotContain("ann@example.com");
        (await app.PostAsync("save-context", fields, [.. form[..^1], ("as", "German")], "viewer")).Words.Should().Contain("The application’s options have a context of that name.");
        (await app.PostAsync("save-context", fields, [.. form[..^1], ("as", new string('n', 5_000))], "viewer")).Words.Should().Contain("the limit is 100");
        (await app.PostAsync("save-context", fields, [.. form[..^1], ("as", " ")], "viewer")).Words.Should().Contain("Give the context a name");
    }

    [Fact]
    public void OldestSavedContextGivesWayToTheHundredAndFirst()
    {
        var options = new FeatureDiagnosticsOptions();
        options.SavedContexts["given"] = EvaluationContext.Empty;
        var contexts = new SavedContexts(options);

        for (var i = 0; i < 150; i++)
            contexts.Save($"n{i}", EvaluationContext.Empty).Should().BeNull();
        contexts.Save("n149", new("again")).Should().BeNull();

        contexts.All.Should().HaveCount(100);
        contexts.Find("given").Should().NotBeNull();
        contexts.Find("n50").Should().BeNull();
        contexts.Find("n51").Should().NotBeNull();
        contexts.Find("n149")!.Context.TargetingKey.Should().Be("again");
    }

    private static Task<ActApp.Answer> PostAsync(ActApp app, string flag, string key, params (string Name, string Value, string Kind)[] attributes) => app.PostAsync("explain", [],
        [("flag", flag), ("key", key), ("json", ""), .. attributes.SelectMany(attribute => new[] { ("name", attribute.Name), ("value", attribute.Value), ("kind", attribute.Kind) })]);
}
