using System.Net;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class HttpRequestTests : IDisposable
{
    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task HeadersOfTheOptionsAreSent()
    {
        var request = await RequestOf(_server, new()
        {
            Address = _server.Address,
            Authorization = "Bearer s3cret",
            Headers = { ["X-Environment"] = "production", ["accept"] = "application/x-flags" },
        });

        request["Authorization"].Should().Be("Bearer s3cret");
        request["X-Environment"].Should().Be("production");
        request["Accept"].Should().Be("application/x-flags");
        request["User-Agent"].Should().MatchRegex(@"^ProgressiveDelivery\.Sdk/\d+\.\d+\.\d+$");
    }

    [Fact]
    public async Task PathPrefixAndQueryAreKept()
    {
        var request = await RequestOf(_server, new() { Address = new(_server.Address, "/prefix//snapshot/?environment=a%20b") });

        request.Target.Should().Be("/prefix//snapshot/?environment=a%20b");
    }

    [Fact]
    public async Task HostMayBeAnIPv6Address()
    {
        using var server = new ScriptedHttpServer(IPAddress.IPv6Loopback);

        var request = await RequestOf(server, new() { Address = server.Address });

        request["Host"].Should().StartWith("[::1]:");
    }

    [Fact]
    public async Task ClientIsTakenByItsName()
    {
        await RequestOf(_server, new() { Address = _server.Address, HttpClientName = "behind-the-proxy" });

        _clients.Names.Should().Equal("behind-the-proxy");
    }

    [Fact]
    public async Task SecretsAreInNoMessage()
    {
        var options = new HttpSourceOptions
        {
            Address = new(_server.Address, "?key=s3cret-query"),
            Authorization = "Bearer s3cret-token",
            Headers = { ["X-Key"] = "s3cret-header" },
        };
        options.UseResilience(_ => { });
        var replies = new[]
        {
            Reply.Status("401 Unauthorized"), Reply.Status("500 Oops"), Reply.Reset([]), Reply.Ok(""), Reply.Ok("<html>"),
            Reply.Ok("x", "Content-Encoding: zstd"), Reply.Ok("x", "Content-Encoding: gzip"), Reply.Status("302 Found"),
        };

        foreach (var reply in replies)
        {
            _server.Then(reply);
            var fault = await FluentActions.Awaiting(() => SourceOf(options).ReadAsync(default).AsTask()).Should().ThrowAsync<Exception>();
            fault.Which.ToString().Should().NotContain("s3cret");
        }
    }

    private async Task<ScriptedRequest> RequestOf(ScriptedHttpServer server, HttpSourceOptions options)
    {
        server.Then(Reply.Ok("{\"version\": 1}"));
        await SourceOf(options).ReadAsync(default);
        return await server.RequestAsync();
    }

    private HttpSnapshotSource SourceOf(HttpSourceOptions options) =>
        new(new(options), new VersionOnlyFormat(), _clients, new FakeTimeProvider(), new(1));
}
