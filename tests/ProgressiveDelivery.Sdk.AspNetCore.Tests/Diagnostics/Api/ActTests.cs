using System.Net;
using System.Text;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Api;

public class ActTests
{
    private const string Flag = """ "banner": {"type": "string", "variants": {"a": "1", "b": "2"}, "offVariant": "b", "default": "a"} """;

    [Fact]
    public async Task ActIsDoneByItsAuthorWithItsReason()
    {
        await using var app = await ApiApp.StartAsync(Flag);

        var answer = await app.ActAsync("override", """ "flag": "banner", "variant": "b", "expiresAfter": 90.5 """);

        answer.GetProperty("result").GetString().Should().Be("done");
        answer.GetProperty("message").GetString().Should().NotBeEmpty();
        answer.GetProperty("revision").GetInt64().Should().Be(app.Control.State.Revision);
        app.Control.State.Overrides.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Flag = "banner", Variant = "b", By = "oncall-ada", Reason = "INC-1", SurvivesRestart = false, ExpiresAt = app.Clock.GetUtcNow() + TimeSpan.FromSeconds(90.5) });
        app.Features.GetString("banner", EvaluationContext.Empty, "").Should().Be("2");
    }

    [Fact]
    public async Task EachActIsDone()
    {
        await using var app = await ApiApp.StartAsync(Flag);
        await app.PublishAsync(2, Flag);
        await app.PublishAsync(3, Flag);
        var versions = new List<long>();

        foreach (var (act, members) in ((string, string)[])[("step-back", ""), ("pin", """ "version": 1, "expiresAfter": 60 """), ("extend-hold", """ "expiresAfter": 600 """), ("step-forward", ""), ("step-forward", ""), ("hold", ""), ("release", "")])
        {
            await app.ActAsync(act, members);
            versions.Add(app.Features.Status.SnapshotVersion);
        }

        versions.Should().Equal(2, 1, 1, 2, 3, 3, 3);
        await app.ActAsync("kill", """ "flag": "banner", "survivesRestart": false """);
        app.Control.State.Overrides.Should().ContainSingle().Which.Variant.Should().Be("b");
        await app.ActAsync("remove-override", """ "flag": "banner" """);
        app.Control.State.Overrides.Should().BeEmpty();
        app.Control.State.Hold.Should().BeNull();
    }

    [Fact]
    public async Task GuardIsReset()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All);
        await SomeFlags.StirAsync(app);

        await app.ActAsync("reset-guards", """ "flag": "new-checkout" """);

        app.Control.State.Trips.Should().BeEmpty();
    }

    [Fact]
    public async Task ActOnAnOlderStateIsNotDone()
    {
        await using var app = await ApiApp.StartAsync(Flag);
        var seen = (await app.GetAsync("status")).GetProperty("revision").GetInt64();
        await app.PublishAsync(2, Flag);

        var problem = await app.PostAsync("acts/hold", $$"""{"reason": "r", "revision": {{seen}}}""", HttpStatusCode.Conflict);

        problem.GetProperty("code").GetString().Should().Be("outdated");
        problem.GetProperty("revision").GetInt64().Should().Be(app.Control.State.Revision).And.NotBe(seen);
        app.Control.State.Hold.Should().BeNull();
    }

    [Theory]
    [InlineData("release", "", 409, "notPossible", "No snapshot is held")]
    [InlineData("step-back", "", 409, "notPossible", "no older snapshot")]
    [InlineData("remove-override", "\"flag\": \"banner\"", 409, "notPossible", "not overridden")]
    [InlineData("hold", "\"survivesRestart\": true", 409, "cannotSurviveRestart", "restart")]
    [InlineData("kill", "\"flag\": \"banner\"", 409, "cannotSurviveRestart", "restart")]
    [InlineData("pin", "\"version\": 9", 404, "unknownVersion", "no snapshot 9")]
    [InlineData("override", "\"flag\": \"none\", \"variant\": \"a\"", 404, "unknownFlag", "no flag 'none'")]
    [InlineData("override", "\"flag\": \"banner\", \"variant\": \"z\"", 404, "unknownVariant", "no variant 'z'")]
    [InlineData("jump", "", 404, "unknownAct", "no act 'jump'")]
    [InlineData("pin", "", 400, "invalidRequest", "'version' is missing")]
    [InlineData("pin", "\"version\": \"1\"", 400, "invalidRequest", "'version' is not a whole number")]
    [InlineData("pin", "\"version\": 1.5", 400, "invalidRequest", "'version' is not a whole number")]
    [InlineData("override", "\"flag\": \"banner\"", 400, "invalidRequest", "'variant' is missing")]
    [InlineData("override", "\"flag\": \"\", \"variant\": \"a\"", 400, "invalidRequest", "'flag' is missing")]
    [InlineData("hold", "\"flag\": \"banner\"", 400, "invalidRequest", "'hold' takes no 'flag'")]
    [InlineData("release", "\"expiresAfter\": 5", 409, "notPossible", "No snapshot is held")]
    [InlineData("hold", "\"expiresAfter\": 0", 400, "invalidRequest", "'expiresAfter' is a number of seconds")]
    [InlineData("hold", "\"expiresAfter\": -1e300", 400, "invalidRequest", "'expiresAfter' is a number of seconds")]
    [InlineData("hold", "\"expiresAfter\": 1e999", 400, "invalidRequest", "'expiresAfter'")]
    [InlineData("kill", "\"flag\": \"banner\", \"expiresAfter\": 5", 400, "invalidRequest", "no end of its own")]
    [InlineData("accept-current", "\"survivesRestart\": true", 400, "invalidRequest", "does not stand")]
    [InlineData("hold", "\"until\": \"4h\"", 400, "invalidRequest", "a member 'until'")]
    [InlineData("hold", "\"reason\": \"twice\"", 400, "invalidRequest", "'reason' twice")]
    [InlineData("hold", "\"survivesRestart\": \"yes\"", 400, "invalidRequest", "neither true nor false")]
    public async Task WhatIsNotDoneSaysWhy(string act, string members, int status, string code, string detail)
    {
        await using var app = await ApiApp.StartAsync(Flag);

        var problem = await app.ActAsync(act, members, (HttpStatusCode)status);

        problem.GetProperty("status").GetInt32().Should().Be(status);
        problem.GetProperty("code").GetString().Should().Be(code);
        problem.GetProperty("title").GetString().Should().NotBeEmpty();
        problem.GetProperty("detail").GetString().Should().Contain(detail).And.EndWith(".");
        app.Control.AuditTrail.Should().BeEmpty();
        app.Logs.Count(static line => line.Id.Id == 2111).Should().Be(code == "cannotSurviveRestart" ? 1 : 0);
    }

    [Theory]
    [InlineData("""{"revision": 1}""", "'reason' is missing")]
    [InlineData("""{"reason": " \n", "revision": 1}""", "'reason' is missing")]
    [InlineData("""{"reason": "r"}""", "'revision' is missing")]
    [InlineData("""{"reason": "\ud800", "revision": 1}""", "'reason' is no text")]
    [InlineData("""{"\ud800": 1}""", "no text in UTF-8")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("", "not JSON: see line 1")]
    [InlineData("{\n\"reason\": x}", "not JSON: see line 2, byte 11")]
    public async Task BodyThatIsWrongIsRejected(string body, string detail)
    {
        await using var app = await ApiApp.StartAsync(Flag);

        (await app.PostAsync("acts/hold", body, HttpStatusCode.BadRequest)).GetProperty("detail").GetString().Should().Contain(detail);
    }

    [Fact]
    public async Task ReasonAndBodyAreLimited()
    {
        await using var app = await ApiApp.StartAsync(Flag);

        var reason = await app.PostAsync("acts/hold", $$"""{"reason": "{{new string('r', 1_001)}}", "revision": 1}""", HttpStatusCode.BadRequest);
        var body = await app.PostAsync("acts/hold", $$"""{"reason": "{{new string('r', 66_000)}}", "revision": 1}""", HttpStatusCode.RequestEntityTooLarge);

        reason.GetProperty("detail").GetString().Should().Contain("1001 characters");
        body.GetProperty("code").GetString().Should().Be("tooLarge");
    }

    [Theory]
    [InlineData("ada", "act")]
    [InlineData("oncall-ada", null)]
    public async Task UserWithoutThePolicyDoesNotAct(string user, string? policy)
    {
        await using var app = await ApiApp.StartAsync(Flag, actPolicy: policy);

        var problem = await app.PostAsync("acts/hold", $$"""{"reason": "r", "revision": {{app.Control.State.Revision}}}""", HttpStatusCode.Forbidden, user);

        problem.GetProperty("code").GetString().Should().Be("notAllowed");
        app.Control.State.Hold.Should().BeNull();
        app.Logs.Should().ContainSingle(static line => line.Id.Id == 2101).Which.Message.Should().Contain(user).And.Contain("acts/hold");
        (await app.GetAsync("status")).GetProperty("mayAct").GetBoolean().Should().BeFalse();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost:8080")]
    [InlineData("Origin", "null")]
    public async Task S10_OtherSiteDoesNotAct(string header, string value)
    {
        await using var app = await ApiApp.StartAsync(Flag);

        var problem = await app.PostAsync("acts/hold", $$"""{"reason": "r", "revision": {{app.Control.State.Revision}}}""", HttpStatusCode.Forbidden, headers: (header, value));

        problem.GetProperty("code").GetString().Should().Be("crossSite");
        app.Control.State.Hold.Should().BeNull();
        app.Logs.Should().Contain(static line => line.Id.Id == 2101);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", "https://localhost")]
    [InlineData("Origin", "http://localhost")]
    public async Task SameSiteActs(string header, string value)
    {
        await using var app = await ApiApp.StartAsync(Flag);

        await app.PostAsync("acts/hold", $$"""{"reason": "r", "revision": {{app.Control.State.Revision}}}""", headers: (header, value));

        app.Control.State.Hold.Should().NotBeNull();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json-patch+json")]
    public async Task OtherContentTypesAreRefused(string type)
    {
        await using var app = await ApiApp.StartAsync(Flag);
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiApp.Api + "acts/hold") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"reason": "r", "revision": {{app.Control.State.Revision}}}""")) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("Test-User", "oncall-ada");

        using var response = await app.Http.SendAsync(request);

        (await ApiApp.ReadAsync(response, HttpStatusCode.UnsupportedMediaType)).GetProperty("code").GetString().Should().Be("unsupportedMediaType");
        app.Control.State.Hold.Should().BeNull();
    }

    [Fact]
    public async Task BearerTokenActsWithoutAFormToken()
    {
        await using var app = await ApiApp.StartAsync(Flag, actPolicy: "token");

        await app.PostAsync("acts/hold", $$"""{"reason": "r", "revision": {{app.Control.State.Revision}}}""", user: "viewer", headers: ("Authorization", "Bearer deploy-bot"));

        app.Control.State.Hold!.By.Should().Be("deploy-bot");
        (await app.PostAsync("acts/release", """{"reason": "r", "revision": 1}""", HttpStatusCode.Forbidden, user: "viewer")).GetProperty("code").GetString().Should().Be("notAllowed");
    }

    [Fact]
    public async Task S09_TwoActsOnOneStateAreDoneOnce()
    {
        await using var app = await ApiApp.StartAsync(Flag);
        var body = $$"""{"reason": "r", "revision": {{app.Control.State.Revision}}}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.SendAsync(HttpMethod.Post, ApiApp.Api + "acts/hold", "oncall-ada", body)));

        answers.Count(static answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(1);
        answers.Count(static answer => answer.StatusCode == HttpStatusCode.Conflict).Should().Be(7);
        app.Control.AuditTrail.Count(static record => record.Kind == ControlActKind.Hold).Should().Be(1);
    }
}
