using System.Net;
using System.Text;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class HttpSnapshotSourceTests : IDisposable
{
    private const string One = """{"version": 1}""";
    private const string Two = """{"version": 2}""";

    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();
    private readonly PauseTime _time = new();

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task ItsExactBytesAreGiven()
    {
        _server.Then(Reply.Ok(One + " "));

        var reading = await Source().ReadAsync(default);

        Text(reading).Should().Be(One + " ");
    }

    [Fact]
    public async Task WholeComesAgainOnceItIsToStartOver()
    {
        _server.Then(Reply.Ok(One, "ETag: \"1\"")).Then(Reply.Ok(One, "ETag: \"1\""));
        var source = Source();
        source.Acknowledge(await source.ReadAsync(default));

        source.StartOver();
        var again = await source.ReadAsync(default);

        Text(again).Should().Be(One);
        await _server.RequestAsync();
        (await _server.RequestAsync())["If-None-Match"].Should().BeNull();
    }

    [Theory]
    [InlineData("PD-Signature: key=2026-a, sig=AAAA", "key=2026-a, sig=AAAA")]
    [InlineData("pd-signature: sig=AAAA,key=k", "key=k, sig=AAAA")]
    [InlineData("PD-Signature: nonsense", null)]
    [InlineData("X-Other: key=k, sig=AAAA", null)]
    public async Task SignatureComesFromItsHeader(string header, string? expected)
    {
        _server.Then(Reply.Ok(One, header));

        var signature = (await Source().ReadAsync(default)).Signature?.ToString();

        signature.Should().Be(expected);
    }

    [Fact]
    public async Task SignatureIsOverTheBodyAsItWasBeforeItWasCompressed()
    {
        using var signer = new Signer();
        _server.Then(Reply.Ok(Reply.Gzip(Encoding.UTF8.GetBytes(One)), "Content-Encoding: gzip", $"PD-Signature: {signer.Sign(One)}"));

        var reading = await Source().ReadAsync(default);

        new TrustedKeys(new SignatureOptions().Add("2026-a", signer.PublicPem)).FaultOf(new(reading.Document!.Value, reading.Signature)).Should().BeNull();
    }

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("W/\"6ef7ec5a:10:v1\"")]
    [InlineData("unquoted")]
    [InlineData("\"with, comma\"")]
    public async Task AcknowledgedETagGoesBackAsItCame(string etag)
    {
        _server.Then(Reply.Ok(One, $"ETag: {etag}")).Then(Reply.NotModified());
        var source = Source();
        source.Acknowledge(await source.ReadAsync(default));

        var second = await source.ReadAsync(default);

        (await _server.RequestAsync())["If-None-Match"].Should().BeNull();
        (await _server.RequestAsync())["If-None-Match"].Should().Be(etag);
        second.Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task ETagOfASnapshotThatWasRefusedIsNotSent()
    {
        _server.Then(Reply.Ok(One, "ETag: \"1\"")).Then(Reply.Ok(Two, "ETag: \"2\"")).Then(Reply.Ok(Two, "ETag: \"2\""));
        var source = Source();
        source.Acknowledge(await source.ReadAsync(default));
        await source.ReadAsync(default);

        var again = await source.ReadAsync(default);

        await _server.RequestAsync();
        (await _server.RequestAsync())["If-None-Match"].Should().Be("\"1\"");
        (await _server.RequestAsync())["If-None-Match"].Should().Be("\"1\"");
        Text(again).Should().Be(Two);
    }

    [Fact]
    public async Task SameBodyFromABackendWithoutETagsIsCurrent()
    {
        _server.Then(Reply.Ok(One)).Then(Reply.Ok(One)).Then(Reply.Ok(Two));
        var source = Source();
        source.Acknowledge(await source.ReadAsync(default));

        var second = await source.ReadAsync(default);
        var third = await source.ReadAsync(default);

        second.Should().BeSameAs(SnapshotReading.Current);
        Text(third).Should().Be(Two);
    }

    [Theory]
    [InlineData("ETag: \"other\"")]
    [InlineData("ETag: W/\"1\"")]
    public async Task NotModifiedChangesNothingWhateverItCarries(string header)
    {
        _server.Then(Reply.Ok(One, "ETag: \"1\"")).Then(Reply.NotModified(header)).Then(Reply.NotModified());
        var source = Source();
        source.Acknowledge(await source.ReadAsync(default));

        var second = await source.ReadAsync(default);
        await source.ReadAsync(default);

        second.Should().BeSameAs(SnapshotReading.Current);
        await _server.RequestAsync();
        await _server.RequestAsync();
        (await _server.RequestAsync())["If-None-Match"].Should().Be("\"1\"");
    }

    [Fact]
    public async Task NotModifiedWithNothingAcknowledgedIsAskedOnceMore()
    {
        _server.Then(Reply.NotModified("ETag: \"1\"")).Then(Reply.Ok(One));

        var reading = await Source().ReadAsync(default);

        Text(reading).Should().Be(One);
        _server.Served.Should().Be(2);
    }

    [Fact]
    public async Task NotModifiedTwiceWithNothingAcknowledgedIsAFault()
    {
        _server.Then(Reply.NotModified()).Then(Reply.NotModified());

        var fault = await FaultOf(Source());

        fault.Message.Should().Contain("304").And.Contain(_server.Address.ToString());
        fault.HttpStatus.Should().Be(304);
        _server.Served.Should().Be(2);
    }

    [Fact]
    public async Task NotModifiedFromAnotherAddressThanTheETagIsNotBelieved()
    {
        using var other = new ScriptedHttpServer();
        other.Then(Reply.NotModified());
        _server.Then(Reply.Ok(One, "ETag: \"1\"")).Then(Reply.Status("302 Found", $"Location: {other.Address}")).Then(Reply.Ok(Two));
        var source = Source();
        source.Acknowledge(await source.ReadAsync(default));

        var reading = await source.ReadAsync(default);

        Text(reading).Should().Be(Two);
    }

    [Fact]
    public async Task RedirectsAreFollowed()
    {
        _server.Then(Reply.Status("307 Temporary Redirect", "Location: /elsewhere")).Then(Reply.Ok(One));

        var reading = await Source().ReadAsync(default);

        Text(reading).Should().Be(One);
        await _server.RequestAsync();
        (await _server.RequestAsync()).Target.Should().Be("/elsewhere");
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, FeatureClientFaultKind.AccessDenied)]
    [InlineData(HttpStatusCode.Forbidden, FeatureClientFaultKind.AccessDenied)]
    [InlineData(HttpStatusCode.NotFound, FeatureClientFaultKind.AccessDenied)]
    [InlineData(HttpStatusCode.NoContent, FeatureClientFaultKind.Unreachable)]
    [InlineData(HttpStatusCode.TooManyRequests, FeatureClientFaultKind.Unreachable)]
    [InlineData(HttpStatusCode.InternalServerError, FeatureClientFaultKind.Unreachable)]
    public async Task StatusOtherThanOkIsAFault(HttpStatusCode status, FeatureClientFaultKind kind)
    {
        _server.Then(Reply.Status($"{(int)status} {status}"));

        var fault = await FaultOf(Source());

        fault.Kind.Should().Be(kind);
        fault.HttpStatus.Should().Be((int)status);
        fault.Message.Should().Contain(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("429 Too Many Requests")]
    [InlineData("503 Service Unavailable")]
    public async Task RetryAfterIsHandedOn(string status)
    {
        _server.Then(Reply.Status(status, "Retry-After: 120"));

        var fault = await FaultOf(Source(o => { }));

        fault.RetryAfter.Should().Be(TimeSpan.FromMinutes(2));
        _server.Served.Should().Be(1, "a backend that asks for patience is not asked again at once");
    }

    [Fact]
    public async Task NobodyListeningIsUnreachable()
    {
        Uri address;
        using (var gone = new ScriptedHttpServer()) address = gone.Address;

        var fault = await FaultOf(Source(address: address));

        fault.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        fault.InnerException.Should().BeOfType<HttpRequestException>();
    }

    [Fact]
    public async Task SilentServerIsGivenUpAfterTheAttemptTimeout()
    {
        _server.Then(Reply.Stall());
        var reading = Source().ReadAsync(default).AsTask();
        await _server.RequestAsync();

        _time.Advance(TimeSpan.FromSeconds(9.9));
        var gaveUpEarly = reading.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(0.1));

        gaveUpEarly.Should().BeFalse();
        (await FaultOf(reading)).Message.Should().Contain("headers within 00:00:10");
    }

    [Fact]
    public async Task TricklingBodyIsGivenUpAfterTheBodyTimeout()
    {
        using var pace = new SemaphoreSlim(0);
        _server.Then(Reply.Trickle(new byte[10_000_000], pace));
        var reading = Source(o =>
        {
            Once(o);
            Patiently(o);
        }).ReadAsync(default).AsTask();

        pace.Release(20);
        await _clients.HeadersCame.WaitAsync(TimeSpan.FromMinutes(2));
        await _time.AdvanceUntilDoneAsync(reading, TimeSpan.FromSeconds(1));

        (await FaultOf(reading)).Message.Should().Contain("whole body within 00:01:00");
    }

    [Fact]
    public async Task CancellationEndsAStalledReadAsCancellation()
    {
        _server.Then(Reply.Stall());
        using var stop = new CancellationTokenSource();
        var reading = Source().ReadAsync(stop.Token).AsTask();
        await _server.RequestAsync();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => reading).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task FaultsOfTheNetworkAreTriedAgainTwice()
    {
        _server.Then(Reply.Reset([])).Then(Reply.Status("502 Bad Gateway")).Then(Reply.Ok(One));
        var reading = Source(Patiently).ReadAsync(default).AsTask();

        await _time.PassPausesAsync(reading, longest: TimeSpan.FromSeconds(5));

        Text(await reading).Should().Be(One);
        _server.Served.Should().Be(3);
    }

    [Theory]
    [InlineData("401 Unauthorized")]
    [InlineData("400 Bad Request")]
    [InlineData("302 Found")]
    public async Task WhatDoesNotPassIsNotTriedAgain(string status)
    {
        _server.Then(Reply.Status(status));

        await FaultOf(Source(o => { }));

        _server.Served.Should().Be(1);
    }

    [Fact]
    public async Task CancellationEndsTheWaitBeforeTheNextAttempt()
    {
        _server.Then(Reply.Status("500 Oops"));
        using var stop = new CancellationTokenSource();
        var reading = Source(o => { }).ReadAsync(stop.Token).AsTask();
        await _server.RequestAsync();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => reading).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task WaitingIsCutAtRandomFirstAndJitteredThen()
    {
        var source = new HttpSnapshotSource(new(Options(Once)), new VersionOnlyFormat(), _clients, _time, new HighRandom());
        var first = source.WaitForChangeAsync(default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(30));
        await first.WaitAsync(TimeSpan.FromMinutes(2));

        var second = source.WaitForChangeAsync(default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(32));
        var waitedTooShort = second.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));
        await second.WaitAsync(TimeSpan.FromMinutes(2));

        waitedTooShort.Should().BeFalse();
    }

    [Fact]
    public void NameShowsNoQuery() =>
        Source(address: new("https://[::1]:8443/prefix/snapshot?key=s3cret")).Name.Should().Be("https://[::1]:8443/prefix/snapshot");

    private static string Text(SnapshotReading reading) => Encoding.UTF8.GetString(reading.Document!.Value.Span);

    // While the clock is turned, an attempt must not run out of time before the real socket has answered.
    private static void Patiently(HttpSourceOptions options) => options.AttemptTimeout = TimeSpan.FromDays(40);

    private static void Once(HttpSourceOptions options) => options.UseResilience(_ => { });

    private static Task<SnapshotSourceException> FaultOf(HttpSnapshotSource source) => FaultOf(source.ReadAsync(default).AsTask());

    private static async Task<SnapshotSourceException> FaultOf(Task reading) =>
        (await FluentActions.Awaiting(() => reading.WaitAsync(TimeSpan.FromMinutes(2))).Should().ThrowExactlyAsync<SnapshotSourceException>()).Which;

    private HttpSnapshotSource Source(Action<HttpSourceOptions>? configure = null, Uri? address = null) =>
        new(new(Options(configure ?? Once, address)), new VersionOnlyFormat(), _clients, _time, new(1));

    private HttpSourceOptions Options(Action<HttpSourceOptions> configure, Uri? address = null)
    {
        var options = new HttpSourceOptions { Address = address ?? _server.Address };
        configure(options);
        return options;
    }

    private sealed class HighRandom : Random
    {
        public override double NextDouble() => 0.999;
    }
}
