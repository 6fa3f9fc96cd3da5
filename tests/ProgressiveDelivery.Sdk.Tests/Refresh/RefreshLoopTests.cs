using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ClientUnderTest;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class RefreshLoopTests : IDisposable
{
    private readonly ClientUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task AcceptedSnapshotIsPutInForceAndAcknowledged()
    {
        await _test.PlayAsync(Document_(1));
        var before = _test.IsOn;

        await _test.PlayAsync(Document_(2, on: false));

        before.Should().BeTrue();
        _test.IsOn.Should().BeFalse();
        _test.Source.Acknowledged.Select(reading => reading.Tag).Should().Equal("1", "2");
        _test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 2L, Origin = SnapshotOrigin.Source, Source = "script" });
    }

    [Theory]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("{\"schema\": \"progressive-delivery/2\", \"version\": 9}")]
    [InlineData("{\"schema\": \"progressive-delivery/1\", \"version\": 1, \"flags\": {}}")]
    public async Task RefusedSnapshotLeavesAnswersAndIsNeverAcknowledged(string bad)
    {
        await _test.PlayAsync(Document_(1), Document(bad, tag: "bad"));

        _test.IsOn.Should().BeTrue();
        _test.Source.Acknowledged.Select(reading => reading.Tag).Should().Equal("1");
        _test.Status.State.Should().Be(FeatureClientState.Failed);
        _test.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    public async Task GoodSnapshotAfterRefusedOneIsApplied()
    {
        await _test.PlayAsync(Document_(1), Document("{"), Document_(2, on: false));

        _test.IsOn.Should().BeFalse();
        _test.Status.State.Should().Be(FeatureClientState.Ready);
        _test.Status.Cause.Should().BeNull();
    }

    [Fact]
    public async Task NewsThatNothingChangedEndsAnOutage()
    {
        await _test.PlayAsync(Document_(1), Throw(new SnapshotSourceException("Gone.")));
        var during = _test.Status.State;

        await _test.PlayAsync(Current());

        during.Should().Be(FeatureClientState.Stale);
        _test.Status.State.Should().Be(FeatureClientState.Ready);
        _test.Status.LastConfirmed.Should().Be(_test.Time.GetUtcNow());
        _test.Status.Age.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task SameDocumentAgainIsConfirmedAndNotCompiledAgain()
    {
        await _test.PlayAsync(Document_(1));
        var before = _test.Client.GetSnapshot();

        await _test.PlayAsync(Document_(1));

        _test.Client.GetSnapshot().Should().BeSameAs(before);
        _test.Source.Acknowledged.Should().HaveCount(2);
    }

    [Fact]
    public async Task NewsThatNothingChangedIsNotBelievedBeforeAnythingWasAccepted()
    {
        await _test.PlayAsync(Current());

        _test.Status.State.Should().Be(FeatureClientState.NotReady);
        _test.Status.Cause!.Message.Should().Contain("no snapshot of it has been accepted");
    }

    public static TheoryData<Exception> EveryKindOfException() =>
    [
        new SnapshotSourceException("Down."), new HttpRequestException("Down."), new InvalidOperationException(), new NotImplementedException(),
        new OperationCanceledException(), new TaskCanceledException(), new ObjectDisposedException("handler"), new AggregateException(),
        new InsufficientMemoryException(), new TimeoutException(), new IOException(), new UnauthorizedAccessException(),
    ];

    [Theory]
    [MemberData(nameof(EveryKindOfException))]
    public async Task AnyExceptionCostsOneTurn(Exception exception)
    {
        await _test.PlayAsync(Document_(1), Throw(exception), _ => throw exception, Document_(2, on: false));

        _test.IsOn.Should().BeFalse();
        _test.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task ReadingThatIsNullCostsOneTurn()
    {
        await _test.PlayAsync(_ => new((SnapshotReading)null!), Document_(1));

        _test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task SourceThatThrowsAtAnAcknowledgementIsReadAgain()
    {
        _test.Source.Acknowledging = () => throw new InvalidOperationException("No disk.");
        await _test.PlayAsync(Document_(1));
        var during = (_test.IsOn, _test.Status.State);

        _test.Source.Acknowledging = () => { };
        await _test.PlayAsync(Document_(1));

        during.Should().Be((true, FeatureClientState.Stale));
        _test.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task SourceThatCannotWaitIsStillReadAndSaysSoOnce()
    {
        _test.Source.Waiting = _ => throw new NotSupportedException("No waiting here.");

        await _test.PlayAsync(Document_(1), Current(), Current(), Current());

        _test.Status.State.Should().Be(FeatureClientState.Ready);
        _test.Warnings.Should().ContainSingle().Which.Message.Should().Contain("No waiting here.");
    }

    [Fact]
    public async Task RefusedCredentialsAreTriedAgainAfterMinutesOnly()
    {
        await _test.PlayAsync(Document_(1));
        var start = _test.Time.GetUtcNow();

        await _test.PlayAsync(Throw(new SnapshotSourceException("No.") { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 }));

        (_test.Time.GetUtcNow() - start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(2.5));
        _test.Status.State.Should().Be(FeatureClientState.Failed);
        _test.Status.Cause!.HttpStatus.Should().Be(401);
    }

    [Fact]
    public async Task RetryAfterIsObeyed()
    {
        await _test.PlayAsync(Document_(1));
        var start = _test.Time.GetUtcNow();

        await _test.PlayAsync(Throw(new SnapshotSourceException("Later.") { RetryAfter = TimeSpan.FromSeconds(90) }));

        (_test.Time.GetUtcNow() - start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task NothingOfTheStarterFlowsIntoTheLoop()
    {
        var ambient = new AsyncLocal<string?> { Value = "request 1" };
        var seen = new TaskCompletionSource<string?>();
        _test.Source.Then(_ =>
        {
            seen.SetResult(ambient.Value);
            return new(SnapshotReading.OfDocument(System.Text.Encoding.UTF8.GetBytes(ClientUnderTest.Document(1))));
        });

        _test.Start();

        (await seen.Task).Should().BeNull();
    }

    [Fact]
    public async Task LogThatThrowsDoesNotEndTheLoop()
    {
        await using var test = new ClientUnderTest(client => client.Services.AddLogging(logging => logging.AddProvider(new BrokenLog())));

        await test.PlayAsync(Throw(new IOException()), Document_(1), Document("{"), Document_(2, on: false), Current());

        test.IsOn.Should().BeFalse();
    }

    private static Turn Document_(long version, bool on = true) => Document(ClientUnderTest.Document(version, on), $"{version}");

    private sealed class BrokenLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The log is full.");

        public void Dispose()
        {
        }
    }
}
