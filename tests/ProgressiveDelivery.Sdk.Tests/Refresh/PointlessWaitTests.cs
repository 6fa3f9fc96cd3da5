using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A wait ends where retries alone will not bring rules.</summary>
public sealed class PointlessWaitTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ScriptedSource _second = new("second");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Faults => [.. Lasting.Keys];

    private static Dictionary<string, Turn> Lasting { get; } = new()
    {
        ["refused"] = Throw(new SnapshotSourceException("Refused.") { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 }),
        ["of the source's own kind"] = Throw(new SnapshotSourceException("Garbage.") { Kind = FeatureClientFaultKind.InvalidSnapshot }),
        ["of another's content"] = Throw(new SnapshotSourceException("A portal.") { IsWrongContent = true }),
        ["final"] = Throw(new SnapshotSourceException("Gone.") { IsFinal = true }),
        ["of another kind"] = Throw(new SnapshotSourceException("Missing.") { NeedsAction = true }),
        ["malformed"] = Document("no JSON"),
        ["of another schema"] = Document("""{"schema": "progressive-delivery/2", "version": 1, "flags": {}}"""),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task FaultThatLastsEndsTheWaitAndTheStatusSaysSo(string fault)
    {
        await using var test = new ClientUnderTest();
        test.Source.Then(Lasting[fault]);

        var status = await test.Client.WaitUntilReadyAsync(Long).WaitAsync(TimeSpan.FromMinutes(2));

        status.State.Should().Be(FeatureClientState.NotReady);
        status.Cause!.NeedsAction.Should().BeTrue();
        (await test.Client.WaitUntilReadyAsync(Long).WaitAsync(TimeSpan.FromMinutes(2))).HasRules.Should().BeFalse("it is pointless still");
    }

    [Fact]
    public async Task FaultThatMayPassIsWaitedOut()
    {
        await using var test = new ClientUnderTest();
        var waiting = test.Client.WaitUntilReadyAsync(Long);

        await test.PlayAsync(Throw(new SnapshotSourceException("Down.")), Throw(new InvalidOperationException("A bug.")));

        waiting.IsCompleted.Should().BeFalse();
        test.Status.Cause!.NeedsAction.Should().BeFalse();
    }

    [Fact]
    public async Task FaultThatMayPassAfterOneThatLastsIsWaitedOutAgain()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Lasting["refused"]);
        var pointless = test.Client.WaitUntilReadyAsync(Long).IsCompleted;
        await test.PlayAsync(Throw(new SnapshotSourceException("Down.")));

        var waiting = test.Client.WaitUntilReadyAsync(Long);

        (pointless, waiting.IsCompleted).Should().Be((true, false));
    }

    [Fact]
    public async Task WaitForAsLongAsItTakesEndsWithRulesOnly()
    {
        await using var test = new ClientUnderTest();
        var waiting = test.Client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan);
        await test.PlayAsync(Lasting["refused"], Lasting["malformed"]);
        var before = waiting.IsCompleted;

        await test.PlayAsync(Document(ClientUnderTest.Document(1)));

        before.Should().BeFalse();
        (await waiting.WaitAsync(Until.Patience)).State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task OneSourceOfTwoThatMayRecoverIsWaitedFor()
    {
        await using var test = new ClientUnderTest(client => client.From(_ => _second));
        Task<FeatureClientStatus> waiting = null!;
        test.Source.Then(Lasting["refused"]);
        _second.Then(Throw(new SnapshotSourceException("Down."))).Then(Document(ClientUnderTest.Document(1)));

        await test.Time.WithoutPausesAsync(() => waiting = test.Client.WaitUntilReadyAsync(TimeSpan.FromDays(1)), longest: TimeSpan.FromMinutes(10));

        (await waiting.WaitAsync(Until.Patience)).Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "second" });
    }

    [Fact]
    public async Task LastFaultOfSeveralSourcesEndsTheWait()
    {
        await using var test = new ClientUnderTest(client => client.From(_ => _second));
        var waiting = test.Client.WaitUntilReadyAsync(Long);
        test.Source.Then(Lasting["refused"]);
        await _second.NextReadAsync();
        var before = waiting.IsCompleted;

        _second.Then(Lasting["malformed"]);

        before.Should().BeFalse();
        (await waiting.WaitAsync(TimeSpan.FromMinutes(2))).Cause!.NeedsAction.Should().BeTrue();
    }

    [Fact]
    public async Task LocalRulesAreLookedAtFirst()
    {
        await File.WriteAllTextAsync(_folder.File("bundled.json"), ClientUnderTest.Document(1));
        await using var test = new ClientUnderTest(client => client.FallBackToFile(_folder.File("bundled.json")));
        test.Source.Then(Lasting["refused"]);

        (await test.Client.WaitUntilReadyAsync(Long).WaitAsync(TimeSpan.FromMinutes(2))).Should()
            .BeEquivalentTo(new { State = FeatureClientState.Failed, Origin = SnapshotOrigin.Bundled });
    }

    [Fact]
    public async Task RulesThatArriveLaterAreTaken()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Lasting["refused"]);
        (await test.Client.WaitUntilReadyAsync(Long)).HasRules.Should().BeFalse();

        await test.PlayAsync(Document(ClientUnderTest.Document(1)));

        test.Status.State.Should().Be(FeatureClientState.Ready);
        (await test.Client.WaitUntilReadyAsync(Long)).HasRules.Should().BeTrue();
    }

    [Fact]
    public async Task MissingFileEndsTheWaitAndIsReadWhenItIsThere()
    {
        await using var test = new ClientUnderTest(client => client.FromFile(_folder.File("flags.json")));
        test.Source.Then(RefuseAsync);

        // One stretch without pauses, so that none is missed that began in between.
        await test.Time.WithoutPausesAsync(
            async () =>
            {
                (await test.Client.WaitUntilReadyAsync(Long)).Cause!.Message.Should().Contain("does not exist");
                await File.WriteAllTextAsync(_folder.File("flags.json"), ClientUnderTest.Document(1));
                await Until.HoldsAsync(() => test.Status.HasRules);
            },
            longest: TimeSpan.FromMinutes(10));

        // However often it is read until the file is written.
        ValueTask<SnapshotReading> RefuseAsync(CancellationToken cancellationToken)
        {
            test.Source.Then(RefuseAsync);
            return Lasting["refused"](cancellationToken);
        }
    }
}
