using System.Net;
using System.Text;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Api;

public class ExplainTests
{
    [Fact]
    public async Task ContextIsExplained()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All);

        var answer = await app.PostAsync("explain", """{"flag": "banner", "context": {"targetingKey": "user-1", "country": "NL", "email": "a@example.com"}}""", user: "ada");

        answer.GetProperty("variant").GetString().Should().Be("b");
        answer.GetProperty("value").GetArrayLength().Should().Be(0);
        answer.GetProperty("reason").GetString().Should().Be("ruleMatch");
        answer.GetProperty("rule").GetString().Should().Be("nl");
        answer.GetProperty("text").GetString().Should().Contain("a@example.com");
        app.Features.Status.Experiments.Should().BeEmpty();
    }

    [Fact]
    public async Task S15_PrivateAttributesAreUsedAndNotShown()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All, static page => page.PrivateAttributes.UnionWith(["email", "targetingKey"]));

        foreach (var flag in (string[])["banner", "price"])
        {
            var answer = await app.PostAsync("explain", $$"""{"flag": "{{flag}}", "context": {"targetingKey": "SECRET-1", "country": "NL", "email": "SECRET-2@example.com"} }""");

            answer.GetRawText().Should().NotContain("SECRET");
            answer.GetProperty("variant").GetString().Should().NotBe("a");
        }
    }

    [Fact]
    public async Task OlderVersionAnswersByItsRules()
    {
        const string Flag = """ "banner": {"type": "string", "variants": {"a": "1", "b": "2"}, "default": "a"} """;
        await using var app = await ApiApp.StartAsync(Flag);
        await app.PublishAsync(2, Flag.Replace("\"default\": \"a\"", "\"default\": \"b\"", StringComparison.Ordinal));

        (await app.PostAsync("explain", """{"flag": "banner"}""")).GetProperty("variant").GetString().Should().Be("b");
        (await app.PostAsync("explain", """{"flag": "banner", "version": 1}""")).GetProperty("variant").GetString().Should().Be("a");
        (await app.PostAsync("explain", """{"flag": "banner", "version": 7}""", HttpStatusCode.NotFound)).GetProperty("code").GetString().Should().Be("unknownVersion");
        (await app.PostAsync("explain", """{"flag": "none"}""", HttpStatusCode.NotFound)).GetProperty("code").GetString().Should().Be("unknownFlag");
    }

    [Theory]
    [InlineData("""{"context": {}}""", "'flag' is missing")]
    [InlineData("""{"flag": "banner", "context": []}""", "'context' is not an object")]
    [InlineData("""{"flag": 1}""", "'flag' is not a text")]
    [InlineData("""{"flag": "banner", "at": 1}""", "a member 'at'")]
    public async Task WrongQuestionIsExplained(string body, string detail)
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All);

        (await app.PostAsync("explain", body, HttpStatusCode.BadRequest)).GetProperty("detail").GetString().Should().Contain(detail);
    }

    [Theory]
    [InlineData(200, HttpStatusCode.OK)]
    [InlineData(280, HttpStatusCode.BadRequest)]
    [InlineData(20_000, HttpStatusCode.BadRequest)]
    public async Task DepthIsLimited(int depth, HttpStatusCode status)
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All);

        await app.PostAsync("explain", $$"""{"flag": "banner", "context": {"x": {{new string('[', depth)}}{{new string(']', depth)}} } }""", status);
    }

    [Fact]
    public async Task S16_SizeIsLimitedWithAndWithoutAnAnnouncedLength()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All);
        var body = $$"""{"flag": "banner", "context": {"x": "{{new string('x', 1_000_000)}}"} }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiApp.Api + "explain") { Content = new ContentWithoutLength(body) };
        request.Headers.Add("Test-User", "ada");

        using var chunked = await app.Http.SendAsync(request);

        (await ApiApp.ReadAsync(chunked, HttpStatusCode.RequestEntityTooLarge)).GetProperty("detail").GetString().Should().Contain("64 kB");
        await app.PostAsync("explain", body, HttpStatusCode.RequestEntityTooLarge);
    }

    private sealed class ContentWithoutLength : HttpContent
    {
        private readonly byte[] _bytes;

        public ContentWithoutLength(string json)
        {
            _bytes = Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
