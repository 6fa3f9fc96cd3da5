using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Api;

public class ReadingTests
{
    [Fact]
    public async Task StirredClientIsReadWhole()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All, static page =>
        {
            page.SavedContexts["Bob"] = SomeFlags.Saved;
            page.PrivateAttributes.UnionWith(["email", "targetingKey"]);
        });
        await SomeFlags.StirAsync(app);

        var status = await app.GetAsync("status");
        status.GetProperty("hold").GetProperty("reason").GetString().Should().Be("INC-3");
        status.GetProperty("hold").GetProperty("expiresAt").GetString().Should().Be("2026-11-30T15:00:11Z");
        (status.GetProperty("version").GetInt64(), status.GetProperty("waiting").GetInt64(), status.GetProperty("revision").GetInt64()).Should().Be((2, 3, app.Control.State.Revision));
        status.GetProperty("rejection").GetProperty("diagnostics")[0].GetProperty("id").GetString().Should().Be("PD1002");
        SomeFlags.Names(status.GetProperty("diagnostics"), "id").Should().Contain("PD1104");
        var flag = await app.GetAsync("flag?key=new-checkout");
        flag.GetProperty("overlay").GetString().Should().Be("guarded");
        flag.GetProperty("guards").EnumerateArray().Should().Contain(static guard => guard.GetProperty("result").GetString() == "bad" && guard.GetProperty("evidence").GetArrayLength() > 0);
        var list = (await app.GetAsync("flags")).GetProperty("flags").EnumerateArray().ToDictionary(static one => one.GetProperty("key").GetString()!);
        list["price"].GetProperty("served").GetProperty("total").GetInt64().Should().Be(40);
        list["banner"].GetProperty("overlay").GetString().Should().Be("override");
        list["broken"].GetProperty("defect").GetString().Should().Contain("'missing'");
        (await app.GetAsync("guards")).GetProperty("trips").GetArrayLength().Should().BeGreaterThan(0);
        (await app.GetAsync("experiments")).GetProperty("experiments")[0].GetProperty("units").GetInt64().Should().Be(40);
        (await app.GetAsync("events")).GetProperty("sinks")[0].GetProperty("accepted").GetInt64().Should().BeGreaterThan(0);
        (await app.GetAsync("history")).GetProperty("snapshots").EnumerateArray().Select(static one => one.GetProperty("version").GetInt64()).Should().Equal(3, 2, 1);
        var diff = await app.GetAsync("diff?from=1&to=2");
        diff.GetProperty("added").EnumerateArray().Select(static one => one.GetString()).Should().Equal("added");
        (await app.GetAsync("diff?from=2&to=1")).GetProperty("moves").EnumerateArray().Should().Contain(static move => move.GetProperty("context").GetString() == "Bob" && move.GetProperty("flag").GetString() == "added").And.NotContain(static move => move.ToString().Contains("user-7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FlagIsReadWithItsDefinition()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All);

        var flag = await app.GetAsync("flag?key=banner");

        flag.GetProperty("variants")[0].GetProperty("value").GetProperty("deep")[1].GetString().Should().Be("x");
        flag.GetProperty("rules")[0].GetProperty("condition").GetString().Should().Contain("country");
        flag.GetProperty("attributes").EnumerateArray().Select(static one => one.GetString()).Should().Equal("country", "email");
        flag.GetProperty("metadata").GetProperty("owner").GetProperty("team").GetString().Should().Be("shop");
        flag.GetProperty("definition").GetProperty("rules")[0].GetProperty("id").GetString().Should().Be("nl");
    }

    [Fact]
    public async Task TenThousandFlagsComeByPages()
    {
        await using var app = await ApiApp.StartAsync(string.Join(',', Enumerable.Range(0, 10_000).Select(static i => $$"""
            "flag-{{i:D5}}": {"type": "boolean", "default": "on"}
            """)));
        var keys = new List<string>();

        for (var page = 1; page <= 11; page++)
        {
            var answer = await app.GetAsync($"flags?size=1000&page={page}");
            answer.GetProperty("total").GetInt32().Should().Be(10_000);
            keys.AddRange(SomeFlags.Names(answer.GetProperty("flags"), "key"));
        }

        keys.Should().HaveCount(10_000).And.OnlyHaveUniqueItems();
        (await app.GetAsync("flags?q=FLAG-0999&size=5&page=2")).GetProperty("flags").EnumerateArray().Should().HaveCount(5);
        (await app.GetAsync("flags?page=2147483647&size=1000")).GetProperty("flags").EnumerateArray().Should().BeEmpty();
        (await app.GetAsync("flags")).GetProperty("flags").GetArrayLength().Should().Be(100);
    }

    [Fact]
    public async Task LargeAnswerIsSentInPieces()
    {
        var http = new DefaultHttpContext();
        var output = new MeasuredStream();
        http.Response.Body = output;
        var guards = Enumerable.Range(0, 10_000).Select(static i => new GuardContent { Flag = $"flag-{i}", Guard = "g", Variant = "on", Result = GuardResult.Fine, DryRun = false, Since = default, Outcomes = 1, Bad = 0, AgainstOutcomes = 0, AgainstBad = 0, Surplus = 0, Promise = new('p', 100) });

        await ApiAnswer.Of(new GuardsContent { SnapshotVersion = 1, Guards = guards, Trips = [] }, ApiJson.Default.GuardsContent).SendAsync(http);

        output.Total.Should().BeGreaterThan(2_000_000);
        output.Largest.Should().BeLessThan(100_000);
    }

    [Theory]
    [InlineData("flags?size=1001", "'size' is '1001'. Give a whole number from 1 to 1000.")]
    [InlineData("flags?page=0", "'page' is '0'.")]
    [InlineData("flags?page=x", "'page' is 'x'.")]
    [InlineData("flag", "'key' is missing")]
    [InlineData("diff?from=1", "'to' is missing")]
    [InlineData("diff?from=a&to=1", "'from' is 'a', which is not a whole number")]
    [InlineData("audit?kind=Hold", "no kind of act")]
    public async Task WrongParametersAreExplained(string path, string detail)
    {
        await using var app = await ApiApp.StartAsync();

        (await app.GetAsync(path, HttpStatusCode.BadRequest)).GetProperty("detail").GetString().Should().Contain(detail);
    }

    [Theory]
    [InlineData("diff?from=1&to=7", "unknownVersion")]
    [InlineData("flag?key=none", "unknownFlag")]
    [InlineData("nothing", "unknownEndpoint")]
    [InlineData("../v2/status", "unknownEndpoint")]
    [InlineData("../", "unknownEndpoint")]
    [InlineData("acts", "unknownEndpoint")]
    [InlineData("acts/a/b", "unknownEndpoint")]
    public async Task WhatDoesNotExistIsAProblem(string path, string code)
    {
        await using var app = await ApiApp.StartAsync();

        (await app.GetAsync(path, HttpStatusCode.NotFound)).GetProperty("code").GetString().Should().Be(code);
    }

    [Theory]
    [InlineData("POST", "status", "GET, HEAD")]
    [InlineData("DELETE", "", "GET, HEAD")]
    [InlineData("GET", "explain", "POST")]
    [InlineData("PUT", "acts/hold", "POST")]
    public async Task WrongMethodNamesTheRightOne(string method, string path, string allowed)
    {
        await using var app = await ApiApp.StartAsync();

        using var response = await app.SendAsync(new(method), ApiApp.Api + path);

        (await ApiApp.ReadAsync(response, HttpStatusCode.MethodNotAllowed)).GetProperty("code").GetString().Should().Be("methodNotAllowed");
        string.Join(", ", response.Content.Headers.Allow).Should().Be(allowed);
    }

    [Fact]
    public async Task EachRouteHasThePolicyAndTheHeadersOfThePage()
    {
        await using var app = await ApiApp.StartAsync();

        foreach (var path in (string[])[.. ApiRoutes.All.Select(static route => ApiApp.Api + route.Path), "/_features/api/nothing"])
        {
            var method = path.EndsWith("explain", StringComparison.Ordinal) || path.EndsWith("{act}", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get;
            using var anonymous = await app.SendAsync(method, path, user: null, json: method == HttpMethod.Post ? "{}" : null);
            using var known = await app.SendAsync(method, path, json: method == HttpMethod.Post ? "{}" : null);

            anonymous.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
            known.StatusCode.Should().NotBe(HttpStatusCode.Unauthorized, path);
            known.Headers.CacheControl!.NoStore.Should().BeTrue(path);
            known.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            known.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'");
        }
    }

    [Fact]
    public async Task HeadHasNoBody()
    {
        await using var app = await ApiApp.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Head, ApiApp.Api + "status");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task AuditTrailIsFilteredAndComesAsLines()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All);
        await app.Control.OverrideAsync("banner", "b", new ControlAct("bob", "one\nline"));
        await app.Control.HoldAsync(new ControlAct("ada", "two"));
        await app.Control.ReleaseAsync(new ControlAct("bob", "three"));

        SomeFlags.Names((await app.GetAsync("audit?by=bob")).GetProperty("records"), "kind").Should().Equal("release", "override");
        SomeFlags.Names((await app.GetAsync("audit?flag=banner")).GetProperty("records"), "by").Should().Equal("bob");
        SomeFlags.Names((await app.GetAsync("audit?kind=hold")).GetProperty("records"), "reason").Should().Equal("two");
        using var lines = await app.SendAsync(HttpMethod.Get, ApiApp.Api + "audit", headers: ("Accept", "application/x-ndjson"));
        lines.Content.Headers.ContentType!.MediaType.Should().Be("application/x-ndjson");
        (await lines.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("reason").GetString()).Should().Equal("three", "two", "one\nline");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("a\u202Eb\u0000\n\r\t{{7*7}}${7*7}")]
    [InlineData("../../etc/passwd?x=1&y#z %2f")]
    public async Task S13_HostileNamesSurviveTheRoundTrip(string name)
    {
        var text = JsonSerializer.Serialize(name);
        await using var app = await ApiApp.StartAsync($$"""{{text}}: {"type": "string", "variants": { {{text}}: {{text}} }, "rules": [{"id": {{text}}, "when": {"attribute": {{text}}, "equals": {{text}}}, "serve": {{text}}}], "default": {{text}}, "metadata": { {{text}}: {{text}} } }""");

        var flag = await app.GetAsync("flag?key=" + Uri.EscapeDataString(name));
        SomeFlags.Names((await app.GetAsync("flags?q=" + Uri.EscapeDataString(name))).GetProperty("flags"), "key").Should().Equal(name);
        var explained = await app.PostAsync("explain", $$"""{"flag": {{text}}, "context": { {{text}}: {{text}} } }""");
        await app.PostAsync("acts/override", $$"""{"reason": {{text}}, "flag": {{text}}, "variant": {{text}}, "revision": {{app.Control.State.Revision}}}""", user: "oncall");
        var record = (await app.GetAsync("audit")).GetProperty("records")[0];

        flag.GetProperty("key").GetString().Should().Be(name);
        flag.GetProperty("variants")[0].GetProperty("value").GetString().Should().Be(name);
        flag.GetProperty("metadata").GetProperty(name).GetString().Should().Be(name);
        explained.GetProperty("variant").GetString().Should().Be(name);
        (record.GetProperty("flag").GetString(), record.GetProperty("reason").GetString()).Should().Be((name, name.Trim()));
    }

    [Fact]
    public async Task S15_SecretsOfSourcesAreNotShown()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All, client: static features => features.FromHttp("http://127.0.0.1:9/rules?sdkKey=SECRET-1&token=SECRET-2"));

        using var response = await app.SendAsync(HttpMethod.Get, ApiApp.Api + "status");
        var text = await response.Content.ReadAsStringAsync();

        text.Should().Contain("127.0.0.1:9/rules").And.NotContain("SECRET");
    }

    private sealed class MeasuredStream : MemoryStream
    {
        public long Total { get; private set; }

        public int Largest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (Total, Largest) = (Total + buffer.Length, Math.Max(Largest, buffer.Length));
            return default;
        }
    }
}
