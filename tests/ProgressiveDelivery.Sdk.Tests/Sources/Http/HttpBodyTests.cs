using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class HttpBodyTests : IDisposable
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        $$"""{"version": 1, "padding": "{{string.Concat(Enumerable.Range(0, 10_000).Select(i => i.ToString("x", CultureInfo.InvariantCulture)))}}"}""");

    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task GzipAndBrotliAreAskedForAndDecoded()
    {
        _server.Then(Reply.Ok(Reply.Gzip(Body), "Content-Encoding: gzip"))
            .Then(Reply.Ok(Reply.Brotli(Body), "Content-Encoding: BR"))
            .Then(Reply.Ok(Body, "Content-Encoding: identity"));

        var (gzip, brotli, identity) = (await Read(), await Read(), await Read());

        gzip.Should().Equal(Body);
        brotli.Should().Equal(Body);
        identity.Should().Equal(Body);
        (await _server.RequestAsync())["Accept-Encoding"].Should().Be("br, gzip");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task SmallBodyThatUnpacksToALargeOneIsRefused(string encoding)
    {
        var bomb = new byte[5_000_000];
        _server.Then(Reply.Ok(encoding == "br" ? Reply.Brotli(bomb) : Reply.Gzip(bomb), $"Content-Encoding: {encoding}"));

        var fault = await Fault(maxBytes: 1_000_000);

        fault.Message.Should().Contain("more than 1000000 bytes when decompressed").And.Contain("Limits.MaxBytes");
        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    public async Task BodyOverTheLimitIsRefused()
    {
        _server.Then(Reply.Raw("200 OK", [], Body));

        var fault = await Fault(maxBytes: 1000);

        fault.Message.Should().Contain("more than 1000 bytes.");
        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    public async Task BodyAnnouncedOverTheLimitIsRefusedBeforeItIsRead()
    {
        _server.Then(Reply.Raw("200 OK", ["Content-Length: 99999999999"], []));

        var fault = await Fault(maxBytes: 1000);

        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    public async Task BodyOfExactlyTheLimitIsTaken()
    {
        _server.Then(Reply.Ok(Body));

        var body = await Read(maxBytes: Body.Length);

        body.Should().Equal(Body);
    }

    [Theory]
    [InlineData("compress")]
    [InlineData("zstd")]
    [InlineData("gzip, br, gzip, br")]
    public async Task OtherEncodingsAreRefusedByName(string encoding)
    {
        _server.Then(Reply.Ok(Body, $"Content-Encoding: {encoding}"));

        (await Fault()).Message.Should().Contain($"Content-Encoding '{encoding}'");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task CompressedBodyWithoutItsEndIsCutOffNotInvalid(string encoding)
    {
        var whole = encoding == "br" ? Reply.Brotli(Body) : Reply.Gzip(Body);
        foreach (var length in new[] { 5, whole.Length / 2, whole.Length - 1 })
        {
            _server.Then(Reply.Ok(whole[..length], $"Content-Encoding: {encoding}"));

            var fault = await Fault();

            fault.Message.Should().Contain("ends in the middle");
            fault.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task BodyThatIsNotCompressedAsItClaimsIsAFault(string encoding)
    {
        _server.Then(Reply.Ok(Body, $"Content-Encoding: {encoding}"));

        (await Fault()).Kind.Should().Be(FeatureClientFaultKind.Unreachable);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "{}")]
    [InlineData("application/json", "<!DOCTYPE html><title>Sign in</title>")]
    [InlineData("application/json", "\uFEFF \n<html></html>")]
    public async Task WebPageIsToldFromASnapshot(string contentType, string body)
    {
        _server.Then(Reply.Ok(body, $"Content-Type: {contentType}"));

        (await Fault()).Message.Should().Contain("captive portal or proxy page").And.NotContain("Sign in");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    public async Task EmptyBodyIsRefused(string body)
    {
        _server.Then(Reply.Ok(body));

        (await Fault()).Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    public async Task BodyShorterThanAnnouncedIsUnreachable()
    {
        _server.Then(Reply.Raw("200 OK", [$"Content-Length: {Body.Length + 1}"], Body));

        await ExpectUnreachable();
    }

    [Fact]
    public async Task BodyLongerThanAnnouncedIsUnreachable()
    {
        _server.Then(Reply.Raw("200 OK", [$"Content-Length: {Body.Length - 10}"], Body));

        await ExpectUnreachable();
    }

    [Fact]
    public async Task ChunkedBodyWithoutItsEndIsUnreachable()
    {
        _server.Then(Reply.Raw("200 OK", ["Transfer-Encoding: chunked"], "5\r\n{\"ver\r\n"u8.ToArray()));

        await ExpectUnreachable();
    }

    [Fact]
    public async Task ResetInTheMiddleIsUnreachable()
    {
        _server.Then(Reply.Reset(Body[..100], $"Content-Length: {Body.Length}"));

        await ExpectUnreachable();
    }

    private async Task ExpectUnreachable()
    {
        var fault = await Fault();
        fault.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        fault.HttpStatus.Should().BeNull();
    }

    private async Task<byte[]> Read(Action<HttpSourceOptions>? configure = null, int maxBytes = 64 * 1024 * 1024) =>
        (await Source(configure, maxBytes).ReadAsync(default)).Document!.Value.ToArray();

    private async Task<SnapshotSourceException> Fault(Action<HttpSourceOptions>? configure = null, int maxBytes = 64 * 1024 * 1024)
    {
        var source = Source(configure, maxBytes);
        return (await FluentActions.Awaiting(() => source.ReadAsync(default).AsTask()).Should().ThrowExactlyAsync<SnapshotSourceException>()).Which;
    }

    private HttpSnapshotSource Source(Action<HttpSourceOptions>? configure, int maxBytes)
    {
        var options = new HttpSourceOptions { Address = _server.Address };
        options.UseResilience(_ => { });
        configure?.Invoke(options);
        return new(new(options) { MaxBytes = maxBytes }, new VersionOnlyFormat(), _clients, new FakeTimeProvider(), new(1));
    }
}
