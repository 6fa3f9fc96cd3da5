using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class HttpEventSinkTests : IDisposable
{
    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();
    private readonly EventTime _clock = new();
    private readonly HttpEventSinkOptions _options = new();

    public HttpEventSinkTests() => _options.Address = new(_server.Address, "/collect?key=secret");

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task BatchIsPostedAsCompressedLinesUnderItsId()
    {
        _server.Then(Reply.Status("202 Accepted"));
        (_options.Authorization, _options.Headers["X-Tenant"]) = ("Bearer key", "shop");

        await Sink().SendAsync(SomeEvents.Batch("a", "b"), default);

        var request = await _server.RequestAsync();
        (request.Target, request["Content-Type"], request["Content-Encoding"], request["Idempotency-Key"], request["Authorization"], request["X-Tenant"])
            .Should().Be(("/collect?key=secret", "application/x-ndjson", "gzip", "batch-1", "Bearer key", "shop"));
        Unzip(request.Body).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()).Should().Equal("a", "b");
    }

    [Fact]
    public async Task BatchCanBeAPlainArray()
    {
        _server.Then(Reply.Status("204 No Content"));
        (_options.Format, _options.Compress) = (EventFormat.JsonArray, false);

        await Sink().SendAsync(SomeEvents.Batch("a", "b"), default);

        var request = await _server.RequestAsync();
        (request["Content-Type"], request["Content-Encoding"]).Should().Be(("application/json", null));
        JsonDocument.Parse(request.Body).RootElement.GetArrayLength().Should().Be(2);
    }

    [Theory]
    [InlineData("413 Content Too Large", EventSinkFaultKind.TooLarge)]
    [InlineData("400 Bad Request", EventSinkFaultKind.Invalid)]
    [InlineData("422 Unprocessable Content", EventSinkFaultKind.Invalid)]
    [InlineData("401 Unauthorized", EventSinkFaultKind.AccessDenied)]
    [InlineData("403 Forbidden", EventSinkFaultKind.AccessDenied)]
    [InlineData("404 Not Found", EventSinkFaultKind.AccessDenied)]
    [InlineData("415 Unsupported Media Type", EventSinkFaultKind.AccessDenied)]
    [InlineData("408 Request Timeout", EventSinkFaultKind.Unavailable)]
    [InlineData("429 Too Many Requests", EventSinkFaultKind.Unavailable)]
    [InlineData("500 Internal Server Error", EventSinkFaultKind.Unavailable)]
    [InlineData("503 Service Unavailable", EventSinkFaultKind.Unavailable)]
    [InlineData("304 Not Modified", EventSinkFaultKind.AccessDenied)]
    public async Task StatusDecidesWhatBecomesOfTheBatch(string status, EventSinkFaultKind kind)
    {
        _server.Then(Reply.Status(status));

        var fault = await FaultAsync();

        fault.Kind.Should().Be(kind);
        fault.Message.Should().StartWith($"Endpoint '{_server.Address.GetLeftPart(UriPartial.Authority)}/collect' answered {status[..3]} (").And.NotContain("secret");
    }

    [Fact]
    public async Task RetryAfterIsPassedOn()
    {
        _server.Then(Reply.Status("429 Too Many Requests", "Retry-After: 17"));

        (await FaultAsync()).RetryAfter.Should().Be(TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task EndpointThatIsNotThereIsUnavailable()
    {
        _server.Refuse();

        var fault = await FaultAsync();

        fault.Kind.Should().Be(EventSinkFaultKind.Unavailable);
        fault.Message.Should().StartWith("Endpoint 'http://").And.Contain("could not be reached").And.NotContain("secret");
    }

    [Fact]
    public async Task EndpointThatDoesNotAnswerIsGivenUpAfterTheTimeout()
    {
        _server.Then(Reply.Stall());
        var sending = FaultAsync();
        await _server.RequestAsync();

        _clock.Advance(_options.RequestTimeout);

        (await sending).Message.Should().Contain("did not send the response's headers within 00:00:10");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("nonsense\r\n\r\n", false)]
    [InlineData("", false)]
    public async Task AnswerThatIsNonsenseIsAFaultAndTwoAnswersAreOne(string answer, bool isDelivery)
    {
        _server.Then((socket, stopping) => Reply.SendAsync(socket, Encoding.ASCII.GetBytes(answer), stopping));

        var act = async () => await Sink().SendAsync(SomeEvents.Batch("a"), default);

        if (isDelivery)
            await act.Should().NotThrowAsync();
        else
            (await act.Should().ThrowAsync<EventSinkException>()).Which.Kind.Should().Be(EventSinkFaultKind.Unavailable);
    }

    [Fact]
    public async Task TimeoutAfterTheServerAcceptedSendsTheSameIdAgain()
    {
        await using var events = new EventPipelineFixture();
        _server.Then(Reply.Stall()).Then(Reply.Status("202 Accepted"));
        events.Start(new HttpEventSink(_options, EventEndpoint.Of(_options), _clients, events.Clock));
        events.Enqueue("a");
        await events.Clock.PassAsync(events.Options.FlushInterval);
        var first = await _server.RequestAsync();

        await events.PassAsync(() => events.Status.Sent == 1, events.Options.AttemptTimeout);

        (await _server.RequestAsync())["Idempotency-Key"].Should().Be(first["Idempotency-Key"]).And.NotBeNull();
    }

    private async Task<EventSinkException> FaultAsync() =>
        (await FluentActions.Awaiting(async () => await Sink().SendAsync(SomeEvents.Batch("a"), default)).Should().ThrowAsync<EventSinkException>()).Which;

    private HttpEventSink Sink() => new(_options, EventEndpoint.Of(_options), _clients, _clock);

    private static string Unzip(string latin1)
    {
        using var gzip = new GZipStream(new MemoryStream(Encoding.Latin1.GetBytes(latin1)), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
