using System.Net;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Acts;

/// <summary>The history, and differences of snapshots.</summary>
public sealed class HistoryTests
{
    private const string Old = """
        "tax": {"type": "string", "variants": {"old": "o", "new": "n"}, "rules": [{"id": "be", "when": {"attribute": "country", "equals": "BE"}, "serve": {"rollout": {"percent": 10, "to": "new"}}}], "default": "old"},
        "gone": {"type": "boolean", "default": "on"},
        "summary": {"type": "boolean", "requires": [{"flag": "tax", "variants": ["new"]}], "default": "on", "offVariant": "off"}
        """;

    private const string New = """
        "tax": {"type": "string", "variants": {"old": "o", "new": "n"}, "rules": [{"id": "be", "when": {"attribute": "country", "equals": "BE"}, "serve": {"rollout": {"percent": 100, "to": "new"}}}], "default": "old"},
        "come": {"type": "boolean", "default": "on"},
        "summary": {"type": "boolean", "requires": [{"flag": "tax", "variants": ["new"]}], "default": "on", "offVariant": "off"}
        """;

    [Fact]
    public async Task ListSaysWhatChangedByWhomAndWhatCanBeDone()
    {
        await using var app = await ActApp.StartAsync(Old);
        await app.PublishAsync(2, Old, "Second", "lee");
        await app.ActAsync("do=hold", ("reason", "INC-1"), ("until", "4h"));
        await app.PublishAsync(3, New, "Tax for all", "mia");

        var words = (await app.GetAsync("history")).Words;

        words.Should().MatchRegex("3 ?14:00:00 UTC ?Tax for all ?1 flag changed, 1 added, 1 removed, 1 affected · mia ?Waits")
            .And.MatchRegex("2 ?14:00:00 UTC ?Second ?no flag differs · lee ?In force, held")
            .And.MatchRegex("1 ?14:00:00 UTC ?No reason given ?the oldest one kept · kim ?Can be stepped to")
            .And.Contain("Pin…").And.Contain("Extend the hold…").And.Contain("Release…").And.Contain("Step back").And.Contain("Step forward")
            .And.Contain("From 2 to 3").And.Contain("What a release would change.");
    }

    [Fact]
    public async Task DifferenceSaysInWordsWhatDiffersAndWhoMoves()
    {
        await using var app = await ActApp.StartAsync(Old, options =>
        {
            for (var i = 0; i < 20; i++)
                options.SavedContexts[$"B{i}"] = new EvaluationContext($"user-{i}") { ["country"] = i < 10 ? "BE" : "FR" };
        });
        await app.PublishAsync(2, New);
        app.Diagnostics.CountServed();
        var moving = Enumerable.Range(0, 10).Count(i => app.Client.Explain("tax", new EvaluationContext($"user-{i}") { ["country"] = "BE" }).Steps.Single(step => step.Subject == "be").Steps.Single(step => step.Bucket is not null).Bucket!.Position >= 100_000);

        var answer = await app.GetAsync("history?from=1&to=2");

        moving.Should().BePositive();
        answer.Words.Should().Contain("± Changed").And.Contain("+ Added").And.Contain("− Removed").And.Contain("→ Affected").And.Contain("has “tax” as a prerequisite");
        Regex.Replace(answer.Html, "</?bdi>", "").Should().Contain("rule “be”: <del>10 %</del> → <ins>100 %</ins> of targetingKey: <code class=\"chip\">new</code>");
        answer.Words.Should().Contain("4 flags · 20 of 20 saved contexts move", "all lose the flag that is gone").And.Contain($"{moving} move");
        app.Diagnostics.Served.Should().BeEmpty();
    }

    [Fact]
    public async Task PrivateKeyOfASavedContextIsNotShown()
    {
        await using var app = await ActApp.StartAsync(Old, options => options.SavedContexts["One"] = new EvaluationContext("secret-key") { ["country"] = "BE" }.WithPrivate("targetingKey"));
        await app.PublishAsync(2, New);

        var answer = await app.GetAsync("history?from=1&to=2");

        answer.Words.Should().Contain("1 of 1 saved context moves");
        answer.Html.Should().NotContain("secret-key");
        (await app.GetAsync("explain?saved=One&flag=tax")).Html.Should().NotContain("secret-key").And.Contain("a private key");
    }

    [Theory]
    [InlineData("history?from=1&to=9")]
    [InlineData("history?from=x&to=1")]
    [InlineData("history?to=1")]
    public async Task UnknownVersionsCannotBeCompared(string path)
    {
        await using var app = await ActApp.StartAsync(Old);

        var answer = await app.GetAsync(path);

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.Words.Should().Contain("These two cannot be compared.");
    }

    [Theory]
    [InlineData("10 % of x: 'on'", "25 % of x: 'on'", "", "10 %", "25 %", "of x: 'on'")]
    [InlineData("a b c", "a c", "a", "b", null, "c")]
    [InlineData("a", "a b", "a", null, "b", "")]
    [InlineData("same start x", "same start y", "same start", "x", "y", "")]
    [InlineData("x x", "x", "x", "x", null, "")]
    public void WordsThatStayAreToldFromThoseThatDiffer(string before, string after, string lead, string? gone, string? come, string tail) =>
        FlagChange.Of("default", before, after).Should().Be(new FlagChange("default", lead, gone, come, tail));
}
