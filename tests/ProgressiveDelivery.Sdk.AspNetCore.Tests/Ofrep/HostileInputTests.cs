using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep;

/// <summary>Bodies that are too large, malformed or meant to do harm.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private OfrepApp _app = null!;

    public async Task InitializeAsync() => _app = await OfrepApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("{", "PARSE_ERROR")]
    [InlineData("[]", "PARSE_ERROR")]
    [InlineData("\"text\"", "PARSE_ERROR")]
    [InlineData("null", "PARSE_ERROR")]
    [InlineData("{} {}", "PARSE_ERROR")]
    [InlineData("{\"context\": []}", "INVALID_CONTEXT")]
    [InlineData("{\"context\": \"text\"}", "INVALID_CONTEXT")]
    [InlineData("{\"context\": {\"targetingKey\": 17}}", "INVALID_CONTEXT")]
    [InlineData("{\"context\": {\"targetingKey\": [\"a\"]}}", "INVALID_CONTEXT")]
    [InlineData("{\"context\": {\"targetingKey\": \"\\ud800\"}}", "INVALID_CONTEXT")]
    public async Task S14_MalformedBodyIsABadRequest(string body, string code)
    {
        foreach (var answer in new[] { await _app.AskAsync("checkout", body), await _app.AskAllAsync(body) })
        {
            answer.Status.Should().Be(HttpStatusCode.BadRequest);
            ((string?)answer.Json!["errorCode"]).Should().Be(code);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"context\": null}")]
    [InlineData("{\"context\": {}}")]
    [InlineData("{\"context\": {\"targetingKey\": null}, \"other\": [1]}")]
    [InlineData("{\"context\": {\"a\": \"\\udc00\", \"b\": 1e999, \"\\ud800\": 1, \"__proto__\": {\"x\": 1}, \"c:\": 3, \":\": {}}}")]
    public async Task OddContextIsStillAContext(string body)
    {
        (await _app.AskAsync("checkout", body)).Text.Should().Contain("\"value\":false");
        (await _app.AskAllAsync(body)).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task LastOfTwoMembersCounts()
    {
        (await _app.AskAsync("checkout", """{"context": {"country": "NL"}, "context": {"country": "BE", "country": "NL"}}""")).Text.Should().Contain("TARGETING_MATCH");
        (await _app.AskAsync("checkout", """{"context": {"country": "NL"}, "context": {"country": "NL", "country": "BE"}}""")).Text.Should().Contain("DEFAULT");
    }

    [Fact]
    public async Task BodyThatIsNotUtf8IsABadRequest()
    {
        var answer = await _app.PostAsync(OfrepApp.All, [.. "{\"context\": {\"a\": \""u8, 0xC3, 0x28, .. "\"}}"u8]);

        (answer.Status, (string?)answer.Json!["errorCode"]).Should().Be((HttpStatusCode.BadRequest, "PARSE_ERROR"));
    }

    [Theory]
    [InlineData("text/plain"), InlineData("application/x-www-form-urlencoded"), InlineData("application/json; charset=utf-16"), InlineData("multipart/form-data; boundary=x"), InlineData(null)]
    public async Task OtherContentTypesAreABadRequest(string? type)
    {
        var answer = await _app.PostAsync(OfrepApp.All, "{}", type);

        (answer.Status, (string?)answer.Json!["errorCode"]).Should().Be((HttpStatusCode.BadRequest, "PARSE_ERROR"));
    }

    [Theory]
    [InlineData("application/json"), InlineData("APPLICATION/JSON;charset=\"UTF-8\""), InlineData("application/vnd.ofrep+json")]
    public async Task KindsOfJsonAreRead(string type) => (await _app.PostAsync(OfrepApp.All, "{}", type)).Status.Should().Be(HttpStatusCode.OK);

    [Theory, InlineData(true), InlineData(false)]
    public async Task S14_ContextOfAMegabyteIsReadNoFurtherThanTheLimit(bool saysItsLength)
    {
        using var body = new CountedBody(Encoding.UTF8.GetBytes("{\"context\": {\"a\": \"" + new string('x', 1024 * 1024) + "\"}}"), saysItsLength);

        var answer = await _app.SendAsync(OfrepApp.All, body);

        (answer.Status, (string?)answer.Json!["errorCode"]).Should().Be((HttpStatusCode.BadRequest, "INVALID_CONTEXT"));
        ((string?)answer.Json["errorDetails"]).Should().Contain("65536 bytes");
        body.Sent.Should().BeLessThan(256 * 1024);
    }

    [Fact]
    public async Task LimitIsExact()
    {
        const string begin = "{\"context\": {\"a\": \"", end = "\"}}";
        var fitting = begin + new string('x', 65_536 - begin.Length - end.Length) + end;

        (await _app.AskAllAsync(fitting)).Status.Should().Be(HttpStatusCode.OK);
        (await _app.AskAllAsync(fitting + " ")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task S14_NestingIsBounded()
    {
        string Nested(int levels) => "{\"context\": {\"a\": " + new string('[', levels) + new string(']', levels) + "}}";

        (await _app.AskAsync("checkout", Nested(60))).Status.Should().Be(HttpStatusCode.OK);
        (await _app.AskAsync("checkout", Nested(20_000))).Json!.ToJsonString().Should().Contain("PARSE_ERROR");
    }

    [Fact]
    public async Task S14_KindsAreBounded()
    {
        string Kinds(int count) => "{\"context\": {" + string.Join(",", Enumerable.Range(0, count).Select(i => $"\"k{i}:\": {{}}")) + "}}";

        (await _app.AskAsync("checkout", Kinds(64))).Status.Should().Be(HttpStatusCode.OK);
        (await _app.AskAsync("checkout", Kinds(5000))).Json!.ToJsonString().Should().Contain("INVALID_CONTEXT");
    }

    [Theory, InlineData("GET"), InlineData("PUT"), InlineData("DELETE"), InlineData("HEAD")]
    public async Task OtherMethodsAreNotAllowed(string method)
    {
        foreach (var path in new[] { OfrepApp.All, OfrepApp.All + "/checkout" })
        {
            using var request = new HttpRequestMessage(new(method), path);
            using var response = await _app.App.Http.SendAsync(request);
            response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        }
    }

    [Fact]
    public async Task NothingOfItIsLogged()
    {
        await _app.AskAsync("k-hostile", "{\"context\": {\"a\": \"v-hostile\"");
        await _app.AskAllAsync("{\"context\": {\"targetingKey\": 17}}");

        _app.App.Logs.GetSnapshot().Should().NotContain(record => record.Message.Contains("hostile", StringComparison.Ordinal) && record.Category!.StartsWith("ProgressiveDelivery", StringComparison.Ordinal))
            .And.NotContain(record => record.Id.Id >= 2120 && record.Id.Id < 2140);
    }

    // Counts what the server takes from it.
    private sealed class CountedBody : HttpContent
    {
        private const int Piece = 4096;
        private readonly byte[] _bytes;
        private readonly bool _saysItsLength;

        public CountedBody(byte[] bytes, bool saysItsLength)
        {
            (_bytes, _saysItsLength) = (bytes, saysItsLength);
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        public int Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (; Sent < _bytes.Length; Sent += Piece)
                await stream.WriteAsync(_bytes.AsMemory(Sent, Math.Min(Piece, _bytes.Length - Sent)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _saysItsLength ? _bytes.Length : 0;
            return _saysItsLength;
        }
    }
}
