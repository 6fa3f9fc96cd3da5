using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Streaming;

public sealed class StreamSnapshotSourceTests : IDisposable
{
    private const string Patch = """{"baseVersion": 1, "version": 2, "remove": {"flags": ["f"]}}""";
    private const string Kill = """{"version": 3, "flag": "f", "variant": "off"}""";

    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();
    private readonly PauseTime _time = new();
    private readonly List<StreamSnapshotSource> _sources = [];

    public void Dispose()
    {
        foreach (var source in _sources) source.Dispose();
        _server.Dispose();
        _clients.Dispose();
    }

    [Fact]
    public async Task RequestAsksForEventsAndIsOtherwiseThatOfPolling()
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""").Reply());
        var source = Source(options =>
        {
            options.HttpClientName = "mine";
            options.Authorization = "Bearer secret";
            options.Headers["X-Environment"] = "test";
        });

        await source.ReadAsync(default);

        var request = await _server.RequestAsync();
        request["Accept"].Should().Be("text/event-stream");
        request["Accept-Encoding"].Should().Be("br, gzip");
        request["Authorization"].Should().Be("Bearer secret");
        request["X-Environment"].Should().Be("test");
        request["User-Agent"].Should().StartWith("ProgressiveDelivery.Sdk/");
        request["Last-Event-ID"].Should().BeNull();
        _clients.Names.Should().Equal("mine");
        source.Name.Should().Be(_server.Address.ToString());
    }

    [Fact]
    public async Task SnapshotPatchKillAndHeartbeatAreReadFromOneConnection()
    {
        _server.Then(new EventFeed()
            .Event("snapshot", """{"version":1}""").Event("patch", Patch).Event("kill", Kill).Event("news", "?").Heartbeat().Reply());
        var source = Source();

        (await Accept(source)).Document!.Value.ToArray().Should().Equal("""{"version":1}"""u8.ToArray());
        (await Accept(source)).Patches.Should().ContainSingle().Which.Bytes.ToArray().Should().Equal(Encoding.UTF8.GetBytes(Patch));
        (await Accept(source)).Kill!.Value.Bytes.ToArray().Should().Equal(Encoding.UTF8.GetBytes(Kill));
        (await Accept(source)).Should().BeSameAs(SnapshotReading.Current);
        _server.Served.Should().Be(1);
    }

    [Fact]
    public async Task EnvelopesAreOpenedAndTheirSignaturesKept()
    {
        using var signer = new Signer();
        _server.Then(new EventFeed()
            .Event("snapshot", signer.Envelope("""{"version":1}""")).Event("patch", signer.Envelope(Patch)).Event("kill", signer.Envelope(Kill)).Reply());
        var source = Source();

        var texts = new List<SignedText>();
        for (var i = 0; i < 3; i++) texts.AddRange((await Accept(source)).Texts);

        texts.Select(text => Encoding.UTF8.GetString(text.Bytes.Span)).Should().Equal("""{"version":1}""", Patch, Kill);
        texts.Should().OnlyContain(text => new TrustedKeys(new SignatureOptions().Add("2026-a", signer.PublicPem)).FaultOf(text) == null);
    }

    [Fact]
    public async Task LastEventIdIsThatOfTheLastEventAcknowledged()
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""", "e-1").Event("patch", Patch, "e-2").End().Reply())
            .Then(new EventFeed().Heartbeat().Reply());
        var source = Source();
        await Accept(source);
        await Accept(source);

        await Fault(source);
        (await source.ReadAsync(default)).Should().BeSameAs(SnapshotReading.Current);

        (await _server.RequestAsync())["Last-Event-ID"].Should().BeNull();
        (await _server.RequestAsync())["Last-Event-ID"].Should().Be("e-2");
    }

    [Fact]
    public async Task ReadingThatWasNotAcknowledgedHasTheWholeFetchedAnew()
    {
        var first = new EventFeed().Event("snapshot", """{"version":1}""", "e-1").Event("patch", Patch, "e-2").Heartbeat();
        _server.Then(first.Reply()).Then(new EventFeed().Event("snapshot", """{"version":2}""", "e-2").Reply());
        var source = Source();
        await Accept(source);

        var refused = await source.ReadAsync(default);
        var wait = source.WaitForChangeAsync(default).AsTask();
        var waits = !wait.IsCompleted;
        await _time.AdvanceUntilDoneAsync(wait, TimeSpan.FromMilliseconds(100));
        var whole = await source.ReadAsync(default);

        refused.Patches.Should().NotBeEmpty();
        waits.Should().BeTrue();
        await first.HungUp;
        whole.Document.Should().NotBeNull();
        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().BeNull();
    }

    [Fact]
    public async Task LoopThatDoesNotWaitAfterARefusalStillGetsTheWhole()
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""").Heartbeat().Reply())
            .Then(new EventFeed().Event("snapshot", """{"version":2}""").Reply());
        var source = Source();

        await source.ReadAsync(default);

        (await source.ReadAsync(default)).Document!.Value.ToArray().Should().Equal("""{"version":2}"""u8.ToArray());
    }

    [Fact]
    public async Task PausesAfterRefusalsGrowAndStartAgainOnceSomethingIsAccepted()
    {
        for (var i = 0; i < 9; i++) _server.Then(new EventFeed().Event("snapshot", """{"version":1}""").Reply());
        var source = Source(random: new UpperEnd());
        var pauses = new List<double>();

        for (var i = 0; i < 8; i++) pauses.Add(await Refuse());
        await Accept(source);
        await source.WaitForChangeAsync(default);
        _server.Then(new EventFeed().Event("snapshot", "2").Reply());
        source.Dispose();

        pauses.Should().Equal(1, 2, 4, 8, 16, 32, 60, 60);

        async Task<double> Refuse()
        {
            await source.ReadAsync(default);
            var before = _time.GetTimestamp();
            var wait = source.WaitForChangeAsync(default).AsTask();
            await _time.PassPausesAsync(() => wait.IsCompleted, timer => timer.IsDelay, _ => { });
            return Math.Round(_time.GetElapsedTime(before).TotalSeconds);
        }
    }

    [Fact]
    public async Task WaitingIsDoneAtOnceWhileInStep()
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""").Reply());
        var source = Source();

        source.WaitForChangeAsync(default).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        await Accept(source);
        source.WaitForChangeAsync(default).AsTask().IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task KillBeforeTheFirstSnapshotIsNoPlaceToResumeFrom()
    {
        _server.Then(new EventFeed().Event("kill", Kill, "e-9").End().Reply())
            .Then(new EventFeed().Event("snapshot", """{"version":1}""").Reply());
        var source = Source();

        (await Accept(source)).Kill.Should().NotBeNull();
        await Fault(source);
        await Accept(source);

        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().BeNull();
    }

    [Fact]
    public async Task HeartbeatsBeforeTheFirstSnapshotConfirmNothing()
    {
        var feed = new EventFeed().Heartbeat().Heartbeat();
        _server.Then(feed.Reply());
        var source = Source();

        var read = source.ReadAsync(default).AsTask();
        await _clients.HeadersCame;
        await _time.AdvanceUntilDoneAsync(read, TimeSpan.FromSeconds(5));

        (await Fault(() => read)).Message.Should().Contain("did not send an event within 00:00:45");
        await feed.HungUp;
    }

    [Fact]
    public async Task IdThatNoHeaderCanHoldIsNotSent()
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""", "é").End().Reply())
            .Then(new EventFeed().Event("snapshot", """{"version":1}""").Reply());
        var source = Source();
        await Accept(source);
        await Fault(source);

        await Accept(source);

        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().BeNull();
    }

    [Fact]
    public async Task TenMegabytesAreRefusedWhereLessIsAllowedAndTakenOtherwise()
    {
        var large = $$"""{"version":1,"padding":"{{new string('x', 10_000_000)}}"}""";
        _server.Then(new EventFeed().Event("snapshot", large).Reply()).Then(new EventFeed().Event("snapshot", large).Reply());

        var fault = await Fault(Source(maxBytes: 1_000_000));
        var taken = await Source().ReadAsync(default);

        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
        taken.Document!.Value.Length.Should().Be(large.Length);
    }

    [Fact]
    public async Task SilenceIsTheEndOfTheConnection()
    {
        var feed = new EventFeed().Event("snapshot", """{"version":1}""", "e-1");
        _server.Then(feed.Reply()).Then(new EventFeed().Heartbeat().Reply());
        var source = Source(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(20));
        await Accept(source);

        var read = source.ReadAsync(default).AsTask();
        feed.Send(": a comment is no sign of life\n");
        _time.Advance(TimeSpan.FromSeconds(19));
        read.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        var fault = await Fault(() => read);

        fault.Message.Should().Contain("did not send an event within 00:00:20");
        fault.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        await feed.HungUp;
        (await source.ReadAsync(default)).Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task CommentIsASignOfLifeWhereTheBackendHasNoOther()
    {
        var feed = new EventFeed().Send(": hello\n\n").Event("snapshot", """{"version":1}""", "e-1");
        _server.Then(feed.Reply());
        var source = Source(new() { Address = _server.Address, HeartbeatTimeout = TimeSpan.FromSeconds(20) }, commentsAreHeartbeats: true);
        (await Accept(source)).Document.Should().NotBeNull("a comment before the rules confirms nothing");

        for (var i = 0; i < 3; i++)
        {
            var read = source.ReadAsync(default).AsTask();
            _time.Advance(TimeSpan.FromSeconds(19));
            read.IsCompleted.Should().BeFalse();
            feed.Send(":\n");
            (await read).Should().BeSameAs(SnapshotReading.Current);
        }

        feed.Event("snapshot", """{"version":2}""", "e-2");
        (await Accept(source)).Tag.Should().Be("e-2");
        var silent = source.ReadAsync(default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(20));
        (await Fault(() => silent)).Message.Should().Contain("did not send an event within 00:00:20");
        await feed.HungUp;
    }

    [Fact]
    public async Task CommentsInsideAnEventAreNoSignOfLifeAndCountForItsSize()
    {
        var feed = new EventFeed().Event("snapshot", """{"version":1}""").Send("event: snapshot\ndata: {\n" + string.Concat(Enumerable.Repeat(": and so on\n", 400)));
        _server.Then(feed.Reply());
        var source = Source(new() { Address = _server.Address }, commentsAreHeartbeats: true, maxBytes: 1000);
        await Accept(source);

        (await Fault(source)).Message.Should().Contain("an event of more than 1000 bytes");
    }

    [Fact]
    public async Task BackendEventsAreTranslatedAndAMalformedEventReopensTheStream()
    {
        var events = new CountingEvents();
        _server.Then(new EventFeed().Event("add", "1", "a").Event("add", "x", "b").Reply())
            .Then(new EventFeed().Event("add", "5", "c").Event("noise", "1").Event("add", "2", "d").Reply());
        var source = Source(new StreamSourceOptions { Address = _server.Address }, events);

        Text(await Accept(source)).Should().Be("1");
        var fault = await Fault(source);
        Text(await Accept(source)).Should().Be("5", "everything comes anew");
        Text(await Accept(source)).Should().Be("7");

        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
        fault.Message.Should().Contain("an event 'add' that is not what its type says").And.EndWith("Check the backend, or poll it.");
        events.Began.Should().Equal(false, false);
        static string Text(SnapshotReading reading) => Encoding.UTF8.GetString(reading.Document!.Value.Span);
    }

    [Fact]
    public async Task TranslatorHearsWhetherTheStreamGoesOn()
    {
        var events = new CountingEvents();
        _server.Then(new EventFeed().Event("add", "1", "a").End().Reply()).Then(new EventFeed().Event("add", "2", "b").Reply());
        var source = Source(new StreamSourceOptions { Address = _server.Address }, events);
        await Accept(source);
        await Fault(source);

        (await Accept(source)).Document!.Value.ToArray().Should().Equal("3"u8.ToArray());

        events.Began.Should().Equal(false, true);
        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().Be("a");
    }

    [Fact]
    public async Task ConnectionThatIsNeverAnsweredIsGivenUp()
    {
        _server.Then(Reply.Stall());
        var source = Source(options => options.AttemptTimeout = TimeSpan.FromSeconds(7));

        var read = source.ReadAsync(default).AsTask();
        await _server.RequestAsync();
        await _time.AdvanceUntilDoneAsync(read, TimeSpan.FromSeconds(1));

        (await Fault(() => read)).Message.Should().Contain("did not send the response's headers within 00:00:07");
    }

    [Fact]
    public async Task CleanEndIsAnEndLikeAnyOther()
    {
        for (var i = 0; i < 3; i++) _server.Then(new EventFeed().Send("retry: 3000\n\n").End().Reply());
        var source = Source();

        for (var i = 0; i < 3; i++)
        {
            var fault = await Fault(source);
            fault.Message.Should().Contain("ended the stream");
            fault.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
            fault.RetryAfter.Should().Be(TimeSpan.FromSeconds(3));
        }

        _server.Served.Should().Be(3);
    }

    [Fact]
    public async Task ResetIsUnreachableAndKeepsThePlace()
    {
        var feed = new EventFeed().Event("snapshot", """{"version":1}""", "e-1");
        _server.Then(feed.Reply()).Then(new EventFeed().Heartbeat().Reply());
        var source = Source();
        await Accept(source);

        feed.Send("event: pat").Reset();
        var fault = await Fault(source);
        await source.ReadAsync(default);

        fault.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().Be("e-1");
    }

    [Theory]
    [InlineData("401 Unauthorized", FeatureClientFaultKind.AccessDenied)]
    [InlineData("403 Forbidden", FeatureClientFaultKind.AccessDenied)]
    [InlineData("404 Not Found", FeatureClientFaultKind.AccessDenied)]
    [InlineData("204 No Content", FeatureClientFaultKind.Unreachable)]
    [InlineData("500 Internal Server Error", FeatureClientFaultKind.Unreachable)]
    public async Task StatusSaysWhatKindOfFaultItIs(string status, FeatureClientFaultKind kind)
    {
        _server.Then(Reply.Status(status));

        var fault = await Fault(Source());

        fault.Kind.Should().Be(kind);
        fault.HttpStatus.Should().Be(int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task RetryAfterIsPassedOn()
    {
        _server.Then(Reply.Status("503 Service Unavailable", "Retry-After: 120"));

        (await Fault(Source())).RetryAfter.Should().Be(TimeSpan.FromSeconds(120));
    }

    [Theory]
    [InlineData("410 Gone", null)]
    [InlineData("503 Service Unavailable", "e-1")]
    [InlineData("429 Too Many Requests", "e-1")]
    public async Task PlaceThatTheBackendMayNotHaveIsForgotten(string status, string? sentNext)
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""", "e-1").End().Reply())
            .Then(Reply.Status(status)).Then(new EventFeed().Event("snapshot", """{"version":2}""").Reply());
        var source = Source();
        await Accept(source);
        await Fault(source);
        await Fault(source);

        await Accept(source);

        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().Be("e-1");
        (await _server.RequestAsync())["Last-Event-ID"].Should().Be(sentNext);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "captive portal or proxy page")]
    [InlineData("application/json", "content of type 'application/json' in place of a stream")]
    public async Task OtherContentIsNoStream(string contentType, string message)
    {
        _server.Then(Reply.Ok("event: snapshot\ndata: 1\n\n", $"Content-Type: {contentType}"));

        (await Fault(Source())).Message.Should().Contain(message);
    }

    [Fact]
    public async Task ContentTypeMayHaveParametersAndAnyCase()
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""").Reply("Content-Type: Text/Event-Stream; charset=utf-8"));

        (await Source().ReadAsync(default)).Document.Should().NotBeNull();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task CompressedEventsAreReadAsTheyCome(string encoding)
    {
        var (sent, compressor) = Compressor(encoding);
        var feed = new EventFeed();
        _server.Then(feed.Reply("Content-Type: text/event-stream", $"Content-Encoding: {encoding}"));
        var source = Source();

        await Send("event: snapshot\ndata: {\"version\":1}\n\n");
        (await Accept(source)).Document.Should().NotBeNull();
        await Send($"event: patch\ndata: {Patch}\n\n");
        (await Accept(source)).Patches.Should().NotBeEmpty();

        async Task Send(string text)
        {
            await compressor.WriteAsync(Encoding.UTF8.GetBytes(text));
            await compressor.FlushAsync();
            feed.Send(sent.ToArray());
            sent.SetLength(0);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task SmallEventThatUnpacksToALargeOneIsRefused(string encoding)
    {
        var (sent, compressor) = Compressor(encoding);
        await compressor.WriteAsync("event: snapshot\ndata: "u8.ToArray());
        for (var i = 0; i < 50; i++) await compressor.WriteAsync(new byte[1_000_000]);
        await compressor.FlushAsync();
        _server.Then(new EventFeed().Send(sent.ToArray()).Reply("Content-Type: text/event-stream", $"Content-Encoding: {encoding}"));

        var fault = await Fault(Source(maxBytes: 1_000_000));

        fault.Message.Should().Contain("an event of more than 1000000 bytes");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task StreamThatIsNotCompressedAsItClaimsIsAFault(string encoding)
    {
        _server.Then(new EventFeed().Event("snapshot", """{"version":1}""").End().Reply("Content-Type: text/event-stream", $"Content-Encoding: {encoding}"));

        (await Fault(Source())).Kind.Should().Be(FeatureClientFaultKind.Unreachable);
    }

    [Fact]
    public async Task OtherEncodingsAreRefusedByName()
    {
        _server.Then(new EventFeed().Reply("Content-Type: text/event-stream", "Content-Encoding: zstd"));

        (await Fault(Source())).Message.Should().Contain("Content-Encoding 'zstd'");
    }

    [Fact]
    public async Task DisposingHangsUpAndEndsARead()
    {
        var feed = new EventFeed().Event("snapshot", """{"version":1}""");
        _server.Then(feed.Reply());
        var source = Source();
        await Accept(source);

        var read = source.ReadAsync(default).AsTask();
        source.Dispose();

        await FluentActions.Awaiting(() => read).Should().ThrowAsync<OperationCanceledException>();
        await feed.HungUp;
        await FluentActions.Awaiting(() => source.ReadAsync(default).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        source.Dispose();
    }

    [Fact]
    public async Task DisposingBetweenReadsHangsUp()
    {
        var feed = new EventFeed().Event("snapshot", """{"version":1}""");
        _server.Then(feed.Reply());
        var source = Source();
        await Accept(source);

        source.Dispose();

        await feed.HungUp;
    }

    [Fact]
    public async Task CancellingARead()
    {
        using var cancellation = new CancellationTokenSource();
        var feed = new EventFeed().Event("snapshot", """{"version":1}""");
        _server.Then(feed.Reply());
        var source = Source();
        await Accept(source);

        var read = source.ReadAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => read).Should().ThrowAsync<OperationCanceledException>();
        await feed.HungUp;
    }

    private static async Task<SnapshotReading> Accept(StreamSnapshotSource source)
    {
        var reading = await source.ReadAsync(default).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        if (reading != SnapshotReading.Current) source.Acknowledge(reading);
        return reading;
    }

    private static Task<SnapshotSourceException> Fault(StreamSnapshotSource source) => Fault(() => source.ReadAsync(default).AsTask());

    private static async Task<SnapshotSourceException> Fault(Func<Task> read) =>
        (await FluentActions.Awaiting(() => read().WaitAsync(TimeSpan.FromMinutes(2))).Should().ThrowExactlyAsync<SnapshotSourceException>()).Which;

    private static (MemoryStream Sent, Stream Compressor) Compressor(string encoding)
    {
        var sent = new MemoryStream();
        return (sent, encoding == "br" ? new BrotliStream(sent, CompressionLevel.Fastest) : new GZipStream(sent, CompressionLevel.Fastest));
    }

    private StreamSnapshotSource Source(Action<StreamSourceOptions>? configure = null, Random? random = null, int maxBytes = 64 * 1024 * 1024)
    {
        var options = new StreamSourceOptions { Address = _server.Address };
        configure?.Invoke(options);
        return Source(options, new OwnEvents(), random, maxBytes: maxBytes);
    }

    private StreamSnapshotSource Source(StreamSourceOptions options, IEventTranslator? events = null, Random? random = null, bool commentsAreHeartbeats = false, int maxBytes = 64 * 1024 * 1024)
    {
        var endpoint = new StreamEndpoint(options) { HeartbeatTimeout = () => options.HeartbeatTimeout, CommentsAreHeartbeats = commentsAreHeartbeats, MaxBytes = maxBytes };
        var source = new StreamSnapshotSource(endpoint, new VersionOnlyFormat(), events ?? new OwnEvents(), _clients, _time, random ?? new(1));
        _sources.Add(source);
        return source;
    }

    [Fact]
    public async Task TranslatorThatThrowsCostsTheConnectionAndNoMore()
    {
        _server.Then(new EventFeed().Event("add", "1").Event("add", "2").Reply()).Then(new EventFeed().Event("add", "3").Reply());
        var events = new FailingEvents();
        var source = Source(new StreamSourceOptions { Address = _server.Address }, events);

        await Accept(source);
        var fault = await Fault(source);
        events.Fault = null;

        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
        fault.Message.Should().Contain("'add'").And.Contain("OverflowException");
        (await Accept(source)).Document!.Value.ToArray().Should().Equal("3"u8.ToArray());
    }

    /// <summary>Reads the first event, and fails at each later one until it is mended.</summary>
    private sealed class FailingEvents : IEventTranslator
    {
        private bool _hasRead;

        public Exception? Fault { get; set; } = new OverflowException("too much");

        public bool Reads(string type) => true;

        public void Begin(bool isResumed)
        {
        }

        public SnapshotReading? Translate(string type, ReadOnlyMemory<byte> data, string? id)
        {
            if (_hasRead && Fault is { } fault)
                throw fault;
            _hasRead = true;
            return SnapshotReading.OfDocument(data.ToArray(), id);
        }
    }

    /// <summary>Adds numbers up.</summary>
    private sealed class CountingEvents : IEventTranslator
    {
        private int _sum;

        public List<bool> Began { get; } = [];

        public bool Reads(string type) => type == "add";

        public void Begin(bool isResumed)
        {
            Began.Add(isResumed);
            _sum = isResumed ? _sum : 0;
        }

        public SnapshotReading? Translate(string type, ReadOnlyMemory<byte> data, string? id)
        {
            if (type != "add")
                return null;
            _sum += JsonDocument.Parse(data).RootElement.GetInt32();
            return SnapshotReading.OfDocument(Encoding.UTF8.GetBytes($"{_sum}"), id);
        }
    }

    private sealed class UpperEnd : Random
    {
        public override double NextDouble() => 1;
    }
}
