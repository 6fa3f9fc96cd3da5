namespace ProgressiveDelivery.Sdk.Faults.Lifecycle;

/// <summary>A process ends politely, or does not: what was streamed to it is there at the next start.</summary>
[Trait("Category", "Long")]
public sealed class ProcessEndTests : FaultScenario
{
    [Fact]
    [Scenario("L5")]
    public async Task L05_ProcessThatIsToldToEndKeepsTheLatestState()
    {
        using var victim = await FollowAsync();

        victim.Terminate();

        (await victim.LinesAsync()).Should().Equal("stopped");
        await victim.EndedAsync();
        victim.ExitCode.Should().Be(0);
        (await RestartAsync()).Should().Be(3);
    }

    [Fact]
    [Scenario("L5")]
    public async Task L05_ProcessThatIsKilledLosesTheLatestChangesAtMost()
    {
        using var victim = await FollowAsync();

        victim.Kill();

        await victim.EndedAsync();
        (await RestartAsync()).Should().BeInRange(1, 3);
    }

    [Fact]
    [Scenario("L5")]
    public async Task L05_ProcessThatCrashesLosesTheLatestChangesAtMost()
    {
        using var victim = await FollowAsync();

        victim.Crash();

        await victim.EndedAsync();
        victim.ExitCode.Should().NotBe(0);
        (await RestartAsync()).Should().BeInRange(1, 3);
    }

    // A snapshot and two patches at once, which are not each written at once.
    private async Task<VictimProcess> FollowAsync()
    {
        var feed = new EventFeed();
        Server.Then(feed.Reply());
        var victim = VictimProcess.Start("follow", Server.Address.ToString(), Folder.Path);
        feed.Event("snapshot", Document.Of(1).OneLine());
        await victim.ToldAsync("1");
        feed.Event("patch", Document.Patch(1, 2)).Heartbeat();
        await victim.ToldAsync("2");
        feed.Event("patch", Document.Patch(2, 3));
        await victim.ToldAsync("3");
        await Until.HoldsAsync(() => Directory.GetFiles(Folder.Path, "*.snapshot").Length > 0);
        return victim;
    }

    private async Task<long> RestartAsync()
    {
        Server.Otherwise(Reply.Status("503 Service Unavailable"));
        var restarted = Client(flags => flags.FromEventStream(Server.Address.ToString()).KeepLastKnownGoodIn(Folder.Path)).Start();
        await restarted.OutageAsync();
        restarted.Status.Origin.Should().Be(SnapshotOrigin.LastKnownGood);
        return restarted.Client.GetInteger("version", Bait.Context, -1);
    }
}
