namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>What a start without a backend begins from.</summary>
public sealed class PrecedenceTests : DiskScenario
{
    [Theory]
    [Scenario("D6")]
    [InlineData(5, 3, SnapshotOrigin.LastKnownGood)]
    [InlineData(3, 5, SnapshotOrigin.Bundled)]
    [InlineData(4, 4, SnapshotOrigin.LastKnownGood)]
    public async Task D06_HigherVersionServesWhicheverFileHasIt(long kept, long bundled, SnapshotOrigin expected)
    {
        await File.WriteAllTextAsync(Folder.File("bundled.json"), Document.Of(bundled));
        await LiveAsync(Kept, Document.Of(kept));

        var restarted = await RestartAsync(Kept, flags => flags.FallBackToFile(Folder.File("bundled.json")));

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = Math.Max(kept, bundled), Origin = expected });
        restarted.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
    }

    [Fact]
    [Scenario("D5")]
    public async Task D05_RestartAsksForTheWholeDocumentSinceNoTagOutlivesItsBody()
    {
        Server.Then(Reply.Ok(Document.Of(1), "ETag: \"one\"")).Then(Reply.NotModified());
        var first = Poll(client: flags => flags.KeepLastKnownGoodIn(Kept));
        await first.VersionAsync(1);
        await Clock.SkipPauseAsync();
        (await Server.RequestAsync())["If-None-Match"].Should().BeNull();
        (await Server.RequestAsync())["If-None-Match"].Should().Be("\"one\"");
        await Clock.PauseAsync();
        await first.DisposeAsync();
        (await File.ReadAllTextAsync(KeptFiles[0])).Should().NotContain("\"one\"");

        // A backend that says all the same that nothing changed is not believed.
        Server.Then(Reply.NotModified("ETag: \"one\"")).Then(Reply.NotModified("ETag: \"one\"")).Otherwise(Reply.Ok(Document.Of(2), "ETag: \"two\""));
        var restarted = Poll(client: flags => flags.KeepLastKnownGoodIn(Kept));
        await Clock.SkipPausesUntilAsync(() => restarted.Status.SnapshotVersion == 2);

        for (var request = 0; request < 3; request++) (await Server.RequestAsync())["If-None-Match"].Should().BeNull();
        restarted.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    [Scenario("D8")]
    public async Task D08_RestartAfterADayOfStreamingHasWhatWasStreamedLast()
    {
        var feed = new EventFeed();
        Server.Then(feed.Event("snapshot", Document.Of(1).OneLine()).Reply()).Otherwise(Reply.Status("503 Service Unavailable"));
        var first = Follow(stream => stream.HeartbeatTimeout = TimeSpan.FromHours(1), flags => flags.KeepLastKnownGoodIn(Kept));
        await first.VersionAsync(1);

        for (var hour = 1; hour <= 24; hour++)
        {
            Clock.Advance(TimeSpan.FromMinutes(59));
            feed.Event("patch", Document.Patch(hour, hour + 1, on: hour % 2 == 0));
            await first.VersionAsync(hour + 1);
        }

        await first.DisposeAsync();
        Server.Served.Should().Be(1);
        var restarted = Follow(stream => stream.HeartbeatTimeout = TimeSpan.FromHours(1), flags => flags.KeepLastKnownGoodIn(Kept));
        await restarted.OutageAsync();

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 25L, Origin = SnapshotOrigin.LastKnownGood });
        restarted.IsOn.Should().BeTrue();
    }
}
