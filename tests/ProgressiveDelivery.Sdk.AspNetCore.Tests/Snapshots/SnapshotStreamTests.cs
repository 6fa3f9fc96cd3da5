using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>Snapshots as a stream of events.</summary>
public sealed class SnapshotStreamTests
{
    private readonly FedSource _source = new();

    [Fact]
    public async Task RealClientGetsSnapshotPatchAndKill()
    {
        await using var relay = await StartAsync();
        await using var reader = Reader.Start(flags => flags.FromEventStream(relay.Snapshots.ToString()));
        await reader.UntilVersionAsync(1);
        reader.Answer.Value.Should().BeTrue();

        _source.SendPatch(Rules.Patch(1, 2, on: false));
        await reader.UntilVersionAsync(2);
        reader.Answer.Value.Should().BeFalse();

        _source.SendKill(Rules.Kill(2, "on"));
        await reader.UntilAsync(static reader => reader.Answer.Reason == EvaluationReason.Killed);
        reader.Answer.Value.Should().BeTrue();
    }

    [Fact]
    public async Task NewReaderGetsTheStateAndTheKillsInForce()
    {
        await using var relay = await StartAsync();
        _source.SendPatch(Rules.Patch(1, 2, on: false));
        _source.SendKill(Rules.Kill(2, "on"));
        await Wait.UntilAsync(() => relay.Features.EvaluateBoolean("f", EvaluationContext.Empty).Reason == EvaluationReason.Killed);

        await using var reader = Reader.Start(flags => flags.FromEventStream(relay.Snapshots.ToString()));

        await reader.UntilAsync(static reader => reader.Answer is { Reason: EvaluationReason.Killed, SnapshotVersion: 2 });
    }

    [Fact]
    public async Task LinesOfADocumentArriveTogether()
    {
        await using var relay = await StartAsync(Rules.Document(1).ReplaceLineEndings("\r\n"));

        using var stream = await relay.OpenStreamAsync();
        var first = await stream.NextAsync();

        first!.Should().BeEquivalentTo(new { Type = "snapshot", Data = Rules.Document(1).ReplaceLineEndings("\n") });
        stream.Response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        stream.Response.Headers.GetValues("X-Accel-Buffering").Should().Equal("no");
    }

    [Fact]
    public async Task S03_HeartbeatsFlowWhileTheRulesAreConfirmed()
    {
        await using var relay = await StartAsync();
        using var stream = await relay.OpenStreamAsync();
        (await stream.NextAsync())!.Type.Should().Be("snapshot");
        (await stream.NextAsync())!.Type.Should().Be("heartbeat");

        relay.Clock.Advance(TimeSpan.FromSeconds(15));
        (await stream.NextAsync()).Should().Be(new SentEvent("heartbeat", "{}", null));

        _source.Fail();
        await Wait.UntilAsync(() => relay.Features.Status.State == FeatureClientState.Stale);
        relay.Clock.Advance(TimeSpan.FromSeconds(15));
        (await stream.NextAsync()).Should().Be(new SentEvent(null, ": stale", null));
    }

    [Fact]
    public async Task S03_ReaderOfAStaleRelayBecomesStaleByItsOwnMeasure()
    {
        await using var relay = await StartAsync();
        var clock = new FakeTimeProvider();
        await using var reader = Reader.Start(flags => flags.FromEventStream(relay.Snapshots.ToString()), clock);
        await reader.UntilVersionAsync(1);
        _source.Fail();
        await Wait.UntilAsync(() => relay.Features.Status.State == FeatureClientState.Stale);

        // The timer of its silence begins after the heartbeat that came with the connection.
        await Wait.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return reader.Status.State == FeatureClientState.Stale;
        });

        reader.Status.SnapshotVersion.Should().Be(1);
        reader.Answer.Value.Should().BeTrue();
    }

    [Fact]
    public async Task S05_ConnectionResumesAfterTheLastEvent()
    {
        await using var relay = await StartAsync();
        string? last;
        using (var stream = await relay.OpenStreamAsync())
            last = (await stream.NextChangeAsync()).Id;
        _source.SendPatch(Rules.Patch(1, 2));
        _source.SendPatch(Rules.Patch(2, 3));
        await relay.UntilServedAsync(3);

        using var resumed = await relay.OpenStreamAsync(last);
        using var unknown = await relay.OpenStreamAsync("other.1.99");
        using var strange = await relay.OpenStreamAsync("1042");
        using var known = await relay.OpenStreamAsync("other.1.2");

        (await resumed.NextChangeAsync()).Data.Should().Be(Rules.Patch(1, 2));
        (await resumed.NextChangeAsync()).Data.Should().Be(Rules.Patch(2, 3));
        (await unknown.NextChangeAsync()).Type.Should().Be("snapshot");
        (await strange.NextChangeAsync()).Type.Should().Be("snapshot");
        (await known.NextChangeAsync()).Data.Should().Be(Rules.Patch(2, 3), "the version alone tells what is missing");
    }

    [Fact]
    public async Task S05_EventsThatFellOutOfTheRingBringTheWhole()
    {
        await using var relay = await StartAsync();
        string? last;
        using (var stream = await relay.OpenStreamAsync())
            last = (await stream.NextChangeAsync()).Id;
        for (var version = 2; version <= 1_200; version++)
            _source.SendPatch(Rules.Patch(version - 1, version));
        await relay.UntilServedAsync(1_200);

        using var resumed = await relay.OpenStreamAsync(last);

        (await resumed.NextChangeAsync()).Type.Should().Be("snapshot");
    }

    [Fact]
    public async Task S04_RelayRestartsAndReadersGoOn()
    {
        var relay = await StartAsync();
        await using var reader = Reader.Start(flags => flags.FromEventStream(relay.Snapshots.ToString()));
        await reader.UntilVersionAsync(1);
        var address = relay.Address;
        await relay.DisposeAsync();
        await reader.UntilAsync(static reader => reader.Status.State == FeatureClientState.Stale);

        var source = new FedSource();
        source.SendDocument(Rules.Document(1));
        await using var restarted = await RelayUnderTest.StartAsync(flags => flags.From(_ => source), address: address);
        await reader.UntilVersionAsync(1);
        source.SendPatch(Rules.Patch(1, 2, on: false));

        await reader.UntilVersionAsync(2);
        reader.Answer.Value.Should().BeFalse();
    }

    [Fact]
    public async Task S07_HoldAtTheRelayDoesNotStopTheFleet()
    {
        await using var relay = await StartAsync();
        await relay.App.Services.GetRequiredService<ISnapshotControl>().HoldAsync(new("kim", "incident"));
        await using var reader = Reader.Start(flags => flags.FromEventStream(relay.Snapshots.ToString()));

        _source.SendDocument(Rules.Document(2, on: false));

        await reader.UntilVersionAsync(2);
        relay.Features.Status.SnapshotVersion.Should().Be(1);
    }

    [Fact]
    public async Task S01_ReaderThatNeverReadsIsCutOffWhileOthersReceive()
    {
        await using var relay = await StartAsync();
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await deaf.ConnectAsync(IPAddress.Loopback, relay.Address.Port);
        await deaf.SendAsync(Encoding.ASCII.GetBytes($"GET /snapshot HTTP/1.1\r\nHost: {relay.Address.Authority}\r\nAccept: text/event-stream\r\n\r\n"));
        using var stream = await relay.OpenStreamAsync();
        await stream.NextChangeAsync();

        for (var version = 2; version <= 16; version++)
        {
            _source.SendDocument(Rules.Large(version, 1_000_000));
            (await stream.NextChangeAsync()).Data!.Length.Should().BeGreaterThan(1_000_000);
        }

        await Wait.UntilAsync(() =>
        {
            relay.Clock.Advance(TimeSpan.FromSeconds(31));
            return relay.Logs.GetSnapshot().Any(static line => line.Id.Id == 2141);
        });
        _source.SendKill(Rules.Kill(16));
        SentEvent next;
        do
            next = await stream.NextChangeAsync();
        while (next.Type != "kill");
        next.Data.Should().Be(Rules.Kill(16));
    }

    [Fact]
    public async Task S02_StreamsAreLimited()
    {
        await using var relay = await StartAsync(map: static app => app.MapSnapshots("/snapshot", static options => options.MaxSubscribers = 1).AllowAnonymous());
        using (var only = await relay.OpenStreamAsync())
        {
            (await only.NextAsync())!.Type.Should().Be("snapshot");
            using var second = await relay.OpenStreamAsync();
            second.Response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            second.Response.Headers.RetryAfter.Should().NotBeNull();
        }

        // The place is free once the server has seen the end of the first one.
        HttpStatusCode status;
        do
        {
            using var later = await relay.OpenStreamAsync();
            status = later.Response.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    [Fact]
    public async Task S08_StreamEndsCleanlyWhenTheHostStops()
    {
        await using var relay = await StartAsync();
        using var stream = await relay.OpenStreamAsync();
        await stream.NextChangeAsync();

        relay.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        while (await stream.NextAsync() is { } rest)
            rest.Type.Should().Be("heartbeat");
    }

    [Fact]
    public async Task StreamsWorkOverHttp2()
    {
        await using var relay = await StartAsync(configure: static builder => builder.WebHost.ConfigureKestrel(static kestrel =>
            kestrel.ConfigureEndpointDefaults(static endpoint => endpoint.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2)));
        relay.Http.DefaultRequestVersion = HttpVersion.Version20;
        relay.Http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/snapshot") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var response = await relay.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        response.Version.Should().Be(HttpVersion.Version20);
        (await lines.ReadLineAsync().WaitAsync(Wait.Patience)).Should().Be("event: snapshot");
    }

    private async Task<RelayUnderTest> StartAsync(string? document = null, Action<WebApplication>? map = null, Action<WebApplicationBuilder>? configure = null)
    {
        _source.SendDocument(document ?? Rules.Document(1));
        var relay = await RelayUnderTest.StartAsync(flags => flags.From(_ => _source), map, configure: configure);
        await relay.UntilServedAsync();
        return relay;
    }
}
