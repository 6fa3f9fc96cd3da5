namespace ProgressiveDelivery.Sdk.Faults.Payload;

/// <summary>P8 to P10: changes that come in another order than they should.</summary>
public sealed class PatchTests : FaultScenario
{
    [Fact]
    [Scenario("P8")]
    public async Task P08_RemovalOfAnUnknownFlagIsNoFault()
    {
        Server.Then(new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Event("patch", Document.Patch(1, 2, remove: "\"never-there\"")).Reply());

        var subject = Follow();
        await subject.VersionAsync(2);

        subject.Status.State.Should().Be(FeatureClientState.Ready);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("P8")]
    public async Task P08_RemovedFlagStaysAwayWhenAnOlderPatchArrivesLate()
    {
        var first = new EventFeed()
            .Event("snapshot", Document.Of(1, flags: Document.Flag("gone") + ", ").OneLine())
            .Event("patch", Document.Patch(1, 3, remove: "\"gone\""))
            .Event("patch", Document.Patch(1, 2, flags: Document.Flag("gone") + ", "));
        Server.Then(first.Reply()).Then(new EventFeed().Event("snapshot", Document.Of(3).OneLine()).Reply());
        var subject = Follow();
        await subject.VersionAsync(3);
        await subject.StateAsync(FeatureClientState.Failed);

        var late = subject.Client.EvaluateBoolean("gone", Bait.Context).Reason;
        await Clock.SkipPausesUntilAsync(() => subject.Status.State == FeatureClientState.Ready);

        late.Should().Be(EvaluationReason.FlagNotFound);
        subject.Client.EvaluateBoolean("gone", Bait.Context).Reason.Should().Be(EvaluationReason.FlagNotFound);
        await first.HungUp;
    }

    [Fact]
    [Scenario("P9")]
    public async Task P09_FlagThatAFullSnapshotDropsIsGoneFromMemoryAndFromDisk()
    {
        Server.Then(Reply.Ok(Document.Of(1, flags: Document.Flag("old") + ", "))).Otherwise(Reply.Ok(Document.Of(2)));
        var subject = Poll(client: flags => flags.KeepLastKnownGoodIn(Folder.Path));
        await subject.VersionAsync(1);
        var before = subject.Client.EvaluateBoolean("old", Bait.Context).Reason;
        await Clock.SkipPausesUntilAsync(() => Server.Served == 4);
        await subject.DisposeAsync();
        Server.Refuse();

        var restarted = Poll(client: flags => flags.KeepLastKnownGoodIn(Folder.Path));
        await restarted.VersionAsync(2);

        before.Should().Be(EvaluationReason.Default);
        restarted.Status.Origin.Should().Be(SnapshotOrigin.LastKnownGood);
        restarted.Client.EvaluateBoolean("old", Bait.Context).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }

    [Fact]
    [Scenario("P10")]
    public async Task P10_FlagsThatDependOnEachOtherAreNeverSeenHalfWay()
    {
        const int Patches = 300;
        var feed = new EventFeed().Event("snapshot", Document.Of(1, flags: Pair(on: true)).OneLine());
        for (var i = 1; i <= Patches; i++) feed.Event("patch", Document.Patch(i, i + 1, flags: Pair(on: i % 2 == 0)));
        var subject = Client(flags => flags.FromEventStream(Server.Address.ToString()));
        using var watch = new AgreementWatch(subject.Client);

        Server.Then(feed.Reply());
        subject.Start();
        await subject.VersionAsync(Patches + 1);

        watch.Stop().Should().BeEmpty();
    }

    [Fact]
    [Scenario("P10")]
    public async Task P10_FlagWhosePrerequisiteComesLaterAnswersItsOffVariantUntilThen()
    {
        const string Dependent = """
            "dependent": {"type": "boolean", "variants": {"on": true, "off": false}, "offVariant": "off", "requires": [{"flag": "late", "variants": ["on"]}], "default": "on"},
            """;
        var feed = new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Event("patch", Document.Patch(1, 2, flags: Dependent));
        Server.Then(feed.Reply());
        var subject = Follow();
        await subject.VersionAsync(2);

        var before = subject.Client.EvaluateBoolean("dependent", Bait.Context, fallback: true);
        feed.Event("patch", Document.Patch(2, 3, flags: Document.Flag("late") + ", "));
        await subject.VersionAsync(3);

        (before.Value, before.Reason).Should().Be((false, EvaluationReason.PrerequisiteFailed));
        subject.Client.IsEnabled("dependent", Bait.Context).Should().BeTrue();
    }

    // The second names the first before it is defined, and both say the same, or nothing would be on.
    private static string Pair(bool on) => $$"""
        "second": {"type": "string", "variants": {"yes": "yes", "no": "no"}, "rules": [{"when": {"flag": "first", "is": ["{{(on ? "yes" : "no")}}"]}, "serve": "{{(on ? "yes" : "no")}}"}]},
        "first": {"type": "string", "variants": {"yes": "yes", "no": "no"}, "default": "{{(on ? "yes" : "no")}}"},
        """;

    /// <summary>Asks for both flags of a pair all the time, from one snapshot, and for the one that depends on the other.</summary>
    private sealed class AgreementWatch : IDisposable
    {
        private readonly IFeatureClient _client;
        private readonly Thread _thread;
        private readonly List<string> _disagreements = [];
        private volatile bool _isStopping;

        public AgreementWatch(IFeatureClient client)
        {
            _client = client;
            _thread = new(Run) { IsBackground = true };
            _thread.Start();
        }

        public List<string> Stop()
        {
            Dispose();
            return _disagreements;
        }

        public void Dispose()
        {
            _isStopping = true;
            _thread.Join();
        }

        private void Run()
        {
            while (!_isStopping)
            {
                Thread.Yield();
                var snapshot = _client.GetSnapshot();
                if (snapshot.Version == 0) continue;
                var (first, second) = (snapshot.GetString("first", Bait.Context, "none"), snapshot.GetString("second", Bait.Context, "none"));
                var alone = _client.GetString("second", Bait.Context, "none");
                if (first != second || alone == "none") _disagreements.Add($"{snapshot.Version}: {first}, {second}, {alone}");
            }
        }
    }
}
