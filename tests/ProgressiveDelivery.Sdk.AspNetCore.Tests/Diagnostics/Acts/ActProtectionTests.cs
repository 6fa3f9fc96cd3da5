using System.Net;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Acts;

/// <summary>Acts that are refused, forged, late or malformed.</summary>
public sealed class ActProtectionTests
{
    private static readonly (string Name, string Value)[] Hold = [("reason", "INC-1"), ("until", "4h")];

    public static TheoryData<string> Hostile => new(
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</script><svg onload=alert(1)>", "javascript:alert(1)", "a\u202Eb", "{{7*7}}${7*7}", "a\nb\r\nSet-Cookie: x=1", "**bold** ' OR 1=1");

    [Fact]
    public async Task ActWithoutItsPolicyIsForbiddenAndLogged()
    {
        await using var app = await ActApp.StartAsync();
        var fields = await app.FieldsAsync("act?do=hold");

        var answer = await app.PostAsync("act?do=hold", fields, Hold, user: "viewer");

        answer.Status.Should().Be(HttpStatusCode.Forbidden);
        answer.Words.Should().Contain("You may look, but not act here.");
        app.Control.State.Hold.Should().BeNull();
        app.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 2110).Which.Message.Should().Contain("'hold' of viewer on 'the snapshot in force' was denied").And.Contain("Ask for the policy");
        (await app.GetAsync("act?do=hold", "viewer")).Status.Should().Be(HttpStatusCode.Forbidden);
        var history = await app.GetAsync("history", "viewer");
        history.Html.Should().NotContain("act?do=", "buttons are not drawn for who may not act");
        (await app.GetAsync("history")).Html.Should().Contain("act?do=hold");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("forged")]
    [InlineData("another user's")]
    [InlineData("another site")]
    public async Task S10_ForgedActIsRefused(string kind)
    {
        await using var app = await ActApp.StartAsync();
        var fields = await app.FieldsAsync("act?do=hold");
        var headers = kind == "another site" ? new[] { ("Sec-Fetch-Site", "cross-site") } : [];
        if (kind == "none")
            fields.Remove("form-token");
        else if (kind == "forged")
            fields["form-token"] = fields["form-token"][..^4] + "AAAA";
        else if (kind == "another user's")
            fields["form-token"] = (await app.FieldsAsync("act?do=hold", "oncall-bob"))["form-token"];

        var answer = await app.PostAsync("act?do=hold", fields, Hold, headers: headers);

        ((int)answer.Status).Should().Be(kind == "another site" ? 403 : 400);
        app.Control.State.Hold.Should().BeNull();
        app.Control.AuditTrail.Should().BeEmpty();
        app.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 2110);
    }

    [Fact]
    public async Task S09_SnapshotThatArrivesMeanwhileMakesTheActLookAgain()
    {
        await using var app = await ActApp.StartAsync();
        var fields = await app.FieldsAsync("act?do=hold");
        await app.PublishAsync(2, ActApp.FlagF);

        var answer = await app.PostAsync("act?do=hold", fields, Hold);

        answer.Status.Should().Be(HttpStatusCode.Conflict);
        answer.Words.Should().Contain("2 arrived meanwhile. Look again.");
        answer.Html.Should().MatchRegex("<button[^>]*id=\"act-confirm\"[^>]*disabled=\"\"").And.Contain("value=\"INC-1\"");
        app.Control.State.Hold.Should().BeNull();
    }

    [Fact]
    public async Task S09_SecondPostOfOneFormDoesNothing()
    {
        await using var app = await ActApp.StartAsync();
        var fields = await app.FieldsAsync("act?do=hold");

        (await app.PostAsync("act?do=hold", fields, Hold)).Status.Should().Be(HttpStatusCode.SeeOther);
        (await app.PostAsync("act?do=hold", fields, Hold)).Status.Should().Be(HttpStatusCode.Conflict);
        (await app.PostAsync("act?do=override&flag=f&variant=on", fields, Hold)).Words.Should().Contain("Another act was done meanwhile. Look again.");

        app.Control.AuditTrail.Should().ContainSingle();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    public async Task ActWithoutARevisionIsNotDone(string? revision)
    {
        await using var app = await ActApp.StartAsync();
        var fields = await app.FieldsAsync("act?do=hold");
        if (revision is null)
            fields.Remove("revision");
        else
            fields["revision"] = revision;

        var answer = await app.PostAsync("act?do=hold", fields, Hold);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Words.Should().Contain("Look again");
        app.Control.State.Hold.Should().BeNull();
    }

    [Theory]
    [InlineData("", "4h", "Give a reason.")]
    [InlineData(" \n ", "4h", "Give a reason.")]
    [InlineData("INC-1", "-1h", "Choose one of the durations.")]
    [InlineData("INC-1", "99999d", "Choose one of the durations.")]
    [InlineData("INC-1", "", "Choose one of the durations.")]
    public async Task FaultOfAFieldIsSaidAndTheTextStays(string reason, string until, string fault)
    {
        await using var app = await ActApp.StartAsync();

        var answer = await app.ActAsync("do=hold", ("reason", reason), ("until", until));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Words.Should().Contain(fault);
        answer.Html.Should().Contain("aria-invalid=\"true\"");
        if (reason == "INC-1")
            answer.Html.Should().Contain("value=\"INC-1\"");
        app.Control.State.Hold.Should().BeNull();
    }

    [Fact]
    public async Task ReasonOfTenThousandCharactersIsNotTaken()
    {
        await using var app = await ActApp.StartAsync();

        var answer = await app.ActAsync("do=hold", ("reason", new string('é', 10_000)), ("until", "4h"));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Html.Should().Contain("The reason has 10\u202F000 characters; the limit is 1\u202F000.");
        app.Control.State.Hold.Should().BeNull();
    }

    [Theory]
    [InlineData("do=burn", 404)]
    [InlineData("", 404)]
    [InlineData("do=pin&version=77", 404)]
    [InlineData("do=pin&version=x", 404)]
    [InlineData("do=override&flag=nope", 404)]
    [InlineData("do=override&flag=f&variant=nope", 404)]
    [InlineData("do=kill", 404)]
    [InlineData("do=release", 200)]
    [InlineData("told=forged", 404)]
    public async Task UnknownThingsAreNotFoundAndNothingIsDone(string act, int status)
    {
        await using var app = await ActApp.StartAsync();

        ((int)(await app.GetAsync("act?" + act)).Status).Should().Be(status);
        var answer = await app.PostAsync("act?" + act, await app.FieldsAsync("act?do=hold"), Hold);

        ((int)answer.Status).Should().BeOneOf(404, 409);
        app.Control.AuditTrail.Should().BeEmpty();
    }

    [Theory]
    [InlineData("do=hold&reason=x&until=4h&revision=1")]
    [InlineData("do=override&flag=f&variant=on&reason=x&revision=1")]
    [InlineData("do=accept-current&reason=x&revision=1")]
    public async Task ReadingNeverActs(string act)
    {
        await using var app = await ActApp.StartAsync();

        await app.GetAsync("act?" + act);

        app.Control.AuditTrail.Should().BeEmpty();
        app.Control.State.IsActive.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task S13_HostileNamesAndReasonsStayText(string text)
    {
        var flag = $$""" {{ActApp.Json(text)}}: {"type": "string", "variants": {"a": "1", {{ActApp.Json(text)}}: "2"}, "rules": [{"id": {{ActApp.Json(text)}}, "when": {"attribute": "country", "equals": {{ActApp.Json(text)}}}, "serve": "a"}], "default": "a"} """;
        await using var app = await ActApp.StartAsync(flag, page: options => options.SavedContexts[text] = new EvaluationContext(text));
        var user = "oncall" + Uri.EscapeDataString(text);
        await app.PublishAsync(2, flag.Replace("\"default\": \"a\"", $"\"default\": {ActApp.Json(text)}", StringComparison.Ordinal), text, text);
        var act = $"act?do=override&flag={Uri.EscapeDataString(text)}&variant={Uri.EscapeDataString(text)}";
        var fields = await app.FieldsAsync(act, user);

        var done = await app.PostAsync(act, fields, [("reason", text), ("until", "none")], user);

        done.Status.Should().Be(HttpStatusCode.SeeOther);
        app.Control.State.Overrides.Should().ContainSingle().Which.Reason.Should().Be(text.Trim());
        string[] pages = [act, done.Location!, "history", "history?from=1&to=2", $"act?do=remove-override&flag={Uri.EscapeDataString(text)}", $"act?do={Uri.EscapeDataString(text)}", $"history?from={Uri.EscapeDataString(text)}&to=2",
            $"explain?flag={Uri.EscapeDataString(text)}&saved={Uri.EscapeDataString(text)}", $"explain?flag=x&at={Uri.EscapeDataString(text)}"];
        foreach (var page in pages)
        {
            var html = (await app.GetAsync(page, user)).Html;
            html.Should().Contain("</html>", page);
            var main = html[html.IndexOf("<body", StringComparison.Ordinal)..html.LastIndexOf("<script", StringComparison.Ordinal)];
            main.Should().NotContain("<script>").And.NotContain("<img").And.NotContain("<svg onload").And.NotContain("href=\"javascript:").And.NotContain("\u202E");
            System.Xml.Linq.XDocument.Parse(html[html.IndexOf("<main", StringComparison.Ordinal)..(html.IndexOf("</main>", StringComparison.Ordinal) + 7)]).Root.Should().NotBeNull(page);
        }
    }

    [Fact]
    public async Task S16_BodyThatIsTooLongIsRefused()
    {
        await using var app = await ActApp.StartAsync();

        var answer = await app.ActAsync("do=hold", ("reason", new string('x', 2_000_000)), ("until", "4h"));

        ((int)answer.Status).Should().BeOneOf(400, 413);
        app.Control.State.Hold.Should().BeNull();
    }

    [Fact]
    public async Task AllOutcomesAreSaid()
    {
        await using var app = await ActApp.StartAsync(""" "f": {"type": "boolean", "default": "on"} """);
        var fields = await app.FieldsAsync("act?do=override&flag=f&variant=off");
        await app.Control.OverrideAsync("g", "x", new ControlAct("bob", "early"));

        var outdated = await app.PostAsync("act?do=override&flag=f&variant=off", fields, Hold);
        var removed = await app.ActAsync("do=remove-override&flag=g", ("reason", "x"));

        outdated.Status.Should().Be(HttpStatusCode.Conflict);
        app.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 2111).Which.Message.Should().Contain("Outdated");
        removed.Status.Should().Be(HttpStatusCode.SeeOther, "the override of a flag that no snapshot has can be removed");
    }
}
