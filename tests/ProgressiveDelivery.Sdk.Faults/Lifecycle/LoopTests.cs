using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Lifecycle;

/// <summary>Whatever is thrown, and where: the next turn of the loop happens.</summary>
public sealed class LoopTests : FaultScenario
{
    public static TheoryData<string> Kinds => [.. Faults.Keys];

#pragma warning disable CA2201 // What the runtime throws is among what a source may throw.
    private static readonly Dictionary<string, Exception> Faults = new()
    {
        ["network"] = new HttpRequestException("Down."),
        ["socket"] = new SocketException(10054),
        ["tls"] = new AuthenticationException("Expired."),
        ["timeout"] = new TimeoutException(),
        ["canceled by another"] = new OperationCanceledException(),
        ["task canceled"] = new TaskCanceledException("A timeout of the handler's.", new TimeoutException()),
        ["disk"] = new IOException("No space left on device"),
        ["permission"] = new UnauthorizedAccessException(),
        ["json"] = new JsonException(),
        ["null"] = new NullReferenceException(),
        ["cast"] = new InvalidCastException(),
        ["disposed"] = new ObjectDisposedException("handler"),
        ["memory"] = new OutOfMemoryException(),
        ["many"] = new AggregateException(new IOException(), new InvalidOperationException()),
        ["declared"] = new SnapshotSourceException("Down."),
        ["declared refusal"] = new SnapshotSourceException("Refused.") { Kind = FeatureClientFaultKind.AccessDenied },
        ["declared with an absurd wait"] = new SnapshotSourceException("Busy.") { RetryAfter = TimeSpan.MaxValue },
        ["declared with a negative wait"] = new SnapshotSourceException("Busy.") { RetryAfter = TimeSpan.MinValue },
        ["hostile"] = new HostileException(),
    };
#pragma warning restore CA2201

    [Theory]
    [Scenario("L10")]
    [MemberData(nameof(Kinds))]
    public async Task L10_ExceptionOfAnyKindCostsOneTurn(string kind)
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source)).Start();
        await subject.VersionAsync(1);

        for (var turn = 0; turn < 5; turn++) source.Then(Faults[kind]);
        source.Then(Document.Of(2));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        subject.Status.State.Should().Be(FeatureClientState.Ready);
        source.Reads.Should().BeInRange(7, 8);
    }

    [Fact]
    [Scenario("L10")]
    public async Task L10_NothingAtAllCostsOneTurn()
    {
        var source = new PlayedSource().Then(_ => new((SnapshotReading)null!)).Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source)).Start();

        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        subject.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Theory]
    [Scenario("L10")]
    [MemberData(nameof(Kinds))]
    public async Task L10_ExceptionWhileAcknowledgingOrWaitingCostsOneTurn(string kind)
    {
        var source = new PlayedSource { Acknowledging = () => throw Faults[kind], Waiting = _ => ValueTask.FromException(Faults[kind]) };
        var subject = Client(flags => flags.From(_ => source)).Start();

        for (var version = 1; version <= 5; version++)
        {
            source.Then(Document.Of(version));
            await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == version);
        }

        subject.IsOn.Should().BeTrue();
    }
}
