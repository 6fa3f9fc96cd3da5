using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Telemetry;

/// <summary>Spans of refreshes: one for each read of a source that is polled, one for each event of a stream.</summary>
public sealed class RefreshSpanTests : IDisposable
{
    // A client of an earlier test may still be ending.
    private readonly string _name = $"spans-{Guid.NewGuid():N}";
    private readonly WatchedTime _time = new();
    private readonly ScriptedSource _source = new();
    private ServiceProvider? _services;

    public void Dispose() => _services?.Dispose();

    [Fact]
    public async Task RefreshIsASpanWithItsResult()
    {
        using var heard = new HeardSpans(_name);
        await PlayAsync(_source, Document(ClientUnderTest.Document(7)), Current(), Document("{"), Throw(new SnapshotSourceException("Down.")), Throw(Denied()));

        heard.All.Select(Facts).Should().Equal(
            ("applied", 7L, null, ActivityStatusCode.Unset, null),
            ("unchanged", 7L, null, ActivityStatusCode.Unset, null),
            ("refused", null, "invalid_snapshot", ActivityStatusCode.Error, heard.All[2].StatusDescription),
            ("failed", null, "unreachable", ActivityStatusCode.Error, "Down."),
            ("failed", null, "access_denied", ActivityStatusCode.Error, "No."));
        heard.All[2].StatusDescription.Should().StartWith("Source 'script' sent a snapshot that is rejected:");
        heard.All.Should().OnlyContain(span => span.OperationName == "progressive_delivery.refresh" && span.Kind == ActivityKind.Internal);
        heard.All.Should().OnlyContain(span => (string)span.GetTagItem("progressive_delivery.source")! == "script");
        heard.All.SelectMany(span => span.TagObjects).Select(tag => tag.Key).Distinct().Should().BeSubsetOf(
            ["progressive_delivery.client", "progressive_delivery.source", "progressive_delivery.result", "progressive_delivery.version", "error.type"]);
    }

    [Fact]
    public async Task SpanCoversTheReadAndPuttingInForce()
    {
        using var heard = new HeardSpans(_name);
        Activity? reading = null, acknowledging = null;
        _source.Acknowledging = () => acknowledging = Activity.Current;
        await PlayAsync(_source, async stopping =>
        {
            await Task.Yield();
            reading = Activity.Current;
            return await Document(ClientUnderTest.Document(1))(stopping);
        });

        var span = heard.All.Should().ContainSingle().Subject;
        reading.Should().BeSameAs(span);
        acknowledging.Should().BeSameAs(span);
        var read = span.Events.Should().ContainSingle(happened => happened.Name == "progressive_delivery.read").Subject;
        read.Timestamp.UtcDateTime.Should().BeOnOrAfter(span.StartTimeUtc).And.BeOnOrBefore(span.StartTimeUtc + span.Duration);
    }

    [Fact]
    public async Task SpansAreRootsWhateverStartedTheClient()
    {
        using var heard = new HeardSpans(_name);
        using var request = new Activity("request").Start();
        await PlayAsync(_source, Document(ClientUnderTest.Document(1)), Current());

        heard.All.Should().HaveCount(2).And.OnlyContain(span => span.Parent == null && span.ParentId == null && span.TraceId != request.TraceId);
    }

    [Fact]
    public async Task EventOfAStreamIsASpanAndTheWaitForItIsNot()
    {
        using var heard = new HeardSpans(_name);
        Activity? waiting = null;
        await PlayAsync(
            new StreamingSource(_source),
            stopping =>
            {
                waiting = Activity.Current;
                return Document(ClientUnderTest.Document(1))(stopping);
            },
            Current(),
            Kill(2, "f", "off"),
            Throw(new SnapshotSourceException("The stream ended.")));

        waiting.Should().BeNull();
        heard.All.Select(Facts).Should().Equal(
            [("applied", 1L, null, ActivityStatusCode.Unset, null), ("killed", 2L, null, ActivityStatusCode.Unset, null), ("failed", null, "unreachable", ActivityStatusCode.Error, "The stream ended.")],
            "a heartbeat has no span");
    }

    [Fact]
    public async Task ReadThatIsCutShortIsCanceledAndNoError()
    {
        using var heard = new HeardSpans(_name);
        await PlayAsync(_source, Document(ClientUnderTest.Document(1)));
        await _services!.DisposeAsync().AsTask().WaitAsync(Until.Patience);

        heard.All.Select(Facts).Should().Equal(("applied", 1L, null, ActivityStatusCode.Unset, null), ("canceled", null, null, ActivityStatusCode.Unset, null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListenerThatThrowsCostsItsSpanAndNoRefresh(bool atStart)
    {
        static void Throw(Activity span) => throw new InvalidOperationException("The listener is broken.");
        using var broken = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ProgressiveDelivery.Sdk",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = atStart ? Throw : null,
            ActivityStopped = atStart ? null : Throw,
        };
        ActivitySource.AddActivityListener(broken);
        await PlayAsync(_source, Document(ClientUnderTest.Document(1)), Current());

        Client.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 1L });
    }

    [Fact]
    public void WithoutAListenerNothingIsAllocated()
    {
        var spans = new RefreshSpans(_name);
        void Refresh()
        {
            spans.Begin("script");
            spans.Answered("script");
            spans.Ended(RefreshResult.Applied, 7);
            spans.End();
        }

        Allocated.By(Refresh).Should().Be(0);
        using var heard = new HeardSpans(_name);
        Allocated.By(Refresh).Should().BePositive("a listener has spans, and the same calls make them");
    }

    private static (string? Result, long? Version, string? Error, ActivityStatusCode Status, string? Description) Facts(Activity span) => (
        (string?)span.GetTagItem("progressive_delivery.result"),
        (long?)span.GetTagItem("progressive_delivery.version"),
        (string?)span.GetTagItem("error.type"),
        span.Status,
        span.StatusDescription);

    private static SnapshotSourceException Denied() => new("No.") { Kind = FeatureClientFaultKind.AccessDenied };

    private IFeatureClient Client => _services!.GetRequiredKeyedService<IFeatureClient>(_name);

    private async Task PlayAsync(ISnapshotSource source, params Turn[] turns)
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddProgressiveDelivery(_name, client => client.From(_ => source))
            .BuildServiceProvider();
        _ = Client.WaitUntilReadyAsync(TimeSpan.Zero);
        foreach (var turn in turns)
            await _time.WithoutPausesAsync(() => _source.PlayAsync(turn));
    }
}
