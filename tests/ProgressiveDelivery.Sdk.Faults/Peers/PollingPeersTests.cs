using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Peers;

/// <summary>Weaknesses of other libraries in asking a backend, which this one does not have.</summary>
public sealed class PollingPeersTests : FaultScenario
{
    private const int Failures = 200;

    [Fact]
    [Scenario("W1")]
    public async Task W01_TagOfADocumentThatWasRefusedIsNeverSentBack()
    {
        Server.Then(Reply.Ok(Document.Of(1), "ETag: \"sound\""))
            .Then(Reply.Ok("{\"schema\": \"progressive-delivery/1\", \"vers", "ETag: \"broken\""))
            .Then(Reply.Ok(Document.Of(3), "ETag: \"mended\""))
            .Otherwise(Reply.NotModified("ETag: \"mended\""));
        var subject = Poll();

        await Clock.SkipPausesUntilAsync(() => Server.Served == 4);

        string?[] sent = ["", "", "", ""];
        for (var i = 0; i < sent.Length; i++) sent[i] = (await Server.RequestAsync())["If-None-Match"];
        sent.Should().Equal(null, "\"sound\"", "\"sound\"", "\"mended\"");
        subject.Status.SnapshotVersion.Should().Be(3);
    }

    [Fact]
    [Scenario("W2")]
    public async Task W02_NothingNewIsGoodNews()
    {
        Server.Then(Reply.Ok(Document.Of(1), "ETag: \"one\"")).Otherwise(Reply.NotModified("ETag: \"one\""));
        var subject = Poll();

        for (var poll = 0; poll < 5; poll++) await Clock.SkipPauseAsync();
        await Clock.PauseAsync();

        subject.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, LastConfirmed = Clock.GetUtcNow(), Age = TimeSpan.Zero });
        subject.Status.Cause.Should().BeNull();
        subject.Warnings.Should().BeEmpty();
    }

    [Theory]
    [Scenario("W18")]
    [InlineData(FeatureClientFaultKind.Unreachable, 0, 60)]
    [InlineData(FeatureClientFaultKind.AccessDenied, 150, 300)]
    public async Task W18_SourceIsAskedForEverAndNeverAtOnceNorSeldom(FeatureClientFaultKind kind, int shortest, int longest)
    {
        var source = new PlayedSource();
        for (var i = 0; i < Failures; i++) source.Then(new SnapshotSourceException("Down.") { Kind = kind });
        var subject = Client(flags => flags.From(_ => source)).Start();

        var pauses = new List<TimeSpan>();
        for (var i = 0; i < Failures; i++) pauses.Add(await Clock.SkipPauseAsync());
        source.Then(Document.Of(1));
        await subject.VersionAsync(1);

        pauses.Should().OnlyContain(pause => pause >= TimeSpan.FromSeconds(shortest) && pause <= TimeSpan.FromSeconds(longest));
        pauses.Average(pause => pause.TotalSeconds).Should().BeGreaterThan(longest / 4.0);
    }

    [Fact]
    [Scenario("W22")]
    public async Task W22_RejectionOfOneSourceIsNotHeldAgainstTheNext()
    {
        PlayedSource first = new() { Name = "first" }, second = new() { Name = "second" };
        first.Then(new SnapshotSourceException("Not for you.") { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 403 });
        second.Then(Document.Of(1)).Then(Document.Of(2));
        var subject = Client(flags => flags.From(_ => first).From(_ => second)).Start();

        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        subject.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "second" });
        subject.Status.Cause.Should().BeNull();
    }

    [Fact]
    [Scenario("W12")]
    public async Task W12_BlipWithinTheObjectiveIsNoChangeOfState()
    {
        var source = new PlayedSource().Then(Document.Of(1));
        var subject = Client(flags => flags.From(_ => source).Configure(options => options.MaxStaleness = TimeSpan.FromMinutes(5))).Start();
        await subject.VersionAsync(1);
        var since = subject.Status.Since;

        for (var i = 0; i < 3; i++)
        {
            source.Then(new SnapshotSourceException("Down."));
            await Clock.SkipPauseAsync();
            subject.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Since = since });
        }

        source.Then(Document.Of(2));
        await subject.VersionAsync(2);
        subject.Status.Since.Should().Be(since);

        source.Then(new SnapshotSourceException("Down."));
        await Clock.PauseAsync();
        Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));
        subject.Status.State.Should().Be(FeatureClientState.Stale);
    }
}
