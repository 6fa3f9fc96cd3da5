using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>Snapshots as documents.</summary>
public sealed class SnapshotDocumentTests
{
    private readonly FedSource _source = new();

    [Fact]
    public async Task BeforeTheFirstSnapshotReadersAreAskedToComeBack()
    {
        await using var relay = await StartAsync();

        using var document = await relay.GetAsync();
        using var stream = await relay.OpenStreamAsync();

        document.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        document.Headers.RetryAfter!.Delta.Should().BePositive();
        stream.Response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task DocumentIsServedByteForByteAndOnceToEach()
    {
        await using var relay = await StartAsync(Rules.Document(1));

        using var first = await relay.GetAsync();
        var tag = first.Headers.ETag!.ToString();
        using var second = await relay.GetAsync("/snapshot", ("If-None-Match", $"\"other\", {tag}"));
        using var head = await relay.SendAsync(HttpMethod.Head, "/snapshot");

        (await first.Content.ReadAsStringAsync()).Should().Be(Rules.Document(1));
        first.Headers.ETag!.IsWeak.Should().BeFalse();
        first.Headers.CacheControl!.NoCache.Should().BeTrue();
        first.Headers.GetValues("PD-Format").Should().Equal("progressive-delivery/1");
        first.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
        head.Content.Headers.ContentLength.Should().Be(Rules.Document(1).Length);
        (await head.Content.ReadAsStringAsync()).Should().BeEmpty();

        await SendAsync(relay, Rules.Document(2), 2);
        using var third = await relay.GetAsync("/snapshot", ("If-None-Match", tag));
        (await third.Content.ReadAsStringAsync()).Should().Be(Rules.Document(2));
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("%%%", null)]
    public async Task BodyIsCompressedAsTheReaderAccepts(string accepted, string? coding)
    {
        var document = Rules.Large(1, 20_000);
        await using var relay = await StartAsync(document);

        using var plain = await relay.GetAsync();
        using var response = await relay.GetAsync("/snapshot", ("Accept-Encoding", accepted));

        response.Content.Headers.ContentEncoding.Should().Equal(coding is null ? [] : [coding]);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream decoded = coding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        (await new StreamReader(decoded).ReadToEndAsync()).Should().Be(document);
        response.Headers.ETag!.Equals(plain.Headers.ETag).Should().Be(coding is null, "two codings are two representations");
        response.Headers.Vary.Should().Contain("Accept-Encoding");
        using var again = await relay.GetAsync("/snapshot", ("Accept-Encoding", accepted), ("If-None-Match", response.Headers.ETag!.ToString()));
        again.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task PatchedStateIsServedAsOneDocument()
    {
        await using var relay = await StartAsync(Rules.Document(1));
        _source.SendPatch(Rules.Patch(1, 2));
        await relay.UntilServedAsync(2);

        var document = await relay.Http.GetByteArrayAsync(relay.Snapshots);

        SnapshotJson.Read(document).Definition!.Version.Should().Be(2);
        await using var reader = Reader.Start(flags => flags.FromHttp(relay.Snapshots.ToString()));
        await reader.UntilVersionAsync(2);
        reader.Answer.Value.Should().BeFalse();
    }

    [Fact]
    public async Task S03_UnconfirmedRulesAreGivenToNewReadersAndNotConfirmedToOthers()
    {
        await using var relay = await StartAsync(Rules.Document(1));
        using var first = await relay.GetAsync();
        _source.Fail();
        await Wait.UntilAsync(() => relay.Features.Status.State == FeatureClientState.Stale);

        using var known = await relay.GetAsync("/snapshot", ("If-None-Match", first.Headers.ETag!.ToString()));
        using var fresh = await relay.GetAsync();

        known.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        known.Headers.RetryAfter.Should().NotBeNull();
        fresh.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task S07_HoldAtTheRelayActsOnTheRelayAlone()
    {
        await using var relay = await StartAsync(Rules.Document(1));
        await relay.App.Services.GetRequiredService<ISnapshotControl>().HoldAsync(new("kim", "incident"));
        _source.SendDocument(Rules.Document(2, on: false));
        await relay.UntilServedAsync(2);

        (await relay.Http.GetStringAsync(relay.Snapshots)).Should().Be(Rules.Document(2, on: false));
        relay.Features.Status.SnapshotVersion.Should().Be(1);
    }

    [Fact]
    public async Task EachMappingServesItsOwnClientBelowAPathBase()
    {
        await using var relay = await RelayUnderTest.StartAsync(
            flags => flags.FromDocument(Rules.Document(1)),
            static app =>
            {
                app.UsePathBase("/flags");
                app.UseRouting();
                app.MapSnapshots("/a").AllowAnonymous();
                app.MapSnapshots("/b", static options => options.Client = "other").AllowAnonymous();
                app.MapSnapshots("/c").AllowAnonymous();
            },
            configure: static builder => builder.Services.AddProgressiveDelivery("other", static flags => flags.FromDocument(Rules.Document(7))));

        (await relay.Http.GetStringAsync("/flags/a")).Should().Be(Rules.Document(1));
        (await relay.Http.GetStringAsync("/flags/b")).Should().Be(Rules.Document(7));
        (await relay.Http.GetStringAsync("/c")).Should().Be(Rules.Document(1));
    }

    [Fact]
    public async Task UnknownClientIsNamedAtTheMapping()
    {
        var start = () => RelayUnderTest.StartAsync(static flags => flags.FromDocument(Rules.Document(1)), static app => app.MapSnapshots("/a", static options => options.Client = "gone").AllowAnonymous());

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*no feature client 'gone'*");
    }

    [Theory]
    [InlineData(0, 15, 30, "*MaxSubscribers*")]
    [InlineData(1, 0, 30, "*HeartbeatInterval*")]
    [InlineData(1, 15, 7200, "*WriteTimeout*")]
    public async Task OptionsOutOfRangeAreNamedAtTheMapping(int subscribers, int heartbeat, int write, string message)
    {
        var start = () => RelayUnderTest.StartAsync(static flags => flags.FromDocument(Rules.Document(1)), app => app.MapSnapshots("/a", options =>
        {
            (options.MaxSubscribers, options.HeartbeatInterval, options.WriteTimeout) = (subscribers, TimeSpan.FromSeconds(heartbeat), TimeSpan.FromSeconds(write));
        }).AllowAnonymous());

        (await start.Should().ThrowAsync<ArgumentException>()).WithMessage(message);
    }

    private async Task<RelayUnderTest> StartAsync(string? document = null)
    {
        var relay = await RelayUnderTest.StartAsync(flags => flags.From(_ => _source).Configure(static options => options.InitializationTimeout = TimeSpan.Zero));
        if (document is not null)
            await SendAsync(relay, document, 1);
        return relay;
    }

    private async Task SendAsync(RelayUnderTest relay, string document, long version)
    {
        _source.SendDocument(document);
        await relay.UntilServedAsync(version);
    }
}
