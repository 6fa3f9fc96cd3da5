using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class PatchRefreshTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PatchIsAppliedToWhatIsInForceAndThenAcknowledged()
    {
        await using var test = new ClientUnderTest();
        var changes = new System.Collections.Concurrent.ConcurrentQueue<(long?, long)>();
        test.Client.OnChange(change => changes.Enqueue((change.Previous?.Version, change.Current.Version)));

        await test.PlayAsync(Whole(1));
        await Until.HoldsAsync(() => changes.Count == 1);
        await test.PlayAsync(Switch(1, 2, on: false), Current());
        await Until.HoldsAsync(() => changes.Count == 2);

        test.IsOn.Should().BeFalse();
        test.Client.IsEnabled("g", EvaluationContext.Empty).Should().BeTrue();
        test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 2L, Origin = SnapshotOrigin.Source });
        test.Source.Acknowledged.Should().HaveCount(2);
        changes.Should().Equal((null, 1), (1, 2));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 5)]
    public async Task PatchOnAnotherVersionLeavesEverythingAndIsNotAcknowledged(long @base, long version)
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Whole(3));

        await test.PlayAsync(Switch(Math.Max(1, @base), Math.Max(2, version), on: false));

        test.IsOn.Should().BeTrue();
        test.Status.SnapshotVersion.Should().Be(3);
        test.Status.Cause!.Message.Should().Contain("PD1011");
        test.Source.Acknowledged.Should().ContainSingle();
    }

    [Fact]
    public async Task PatchBeforeAnyRulesIsRefused()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Switch(1, 2, on: true));

        test.Status.HasRules.Should().BeFalse();
        test.Source.Acknowledged.Should().BeEmpty();
    }

    [Fact]
    public async Task RepeatedPatchIsRefusedAndTheWholeMendsIt()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Whole(1), Switch(1, 2, on: false), Switch(1, 2, on: false));
        test.Status.State.Should().Be(FeatureClientState.Failed);
        await test.PlayAsync(Whole(2, on: false));

        test.Status.State.Should().Be(FeatureClientState.Ready);
        test.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task WholeOfTheVersionMadeByPatchesTakesItsPlaceOnce()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Whole(1), Switch(1, 2, on: false), Whole(2, on: false), Whole(2, on: true));

        test.IsOn.Should().BeFalse();
        test.Status.Cause!.Message.Should().Contain("PD1005");
    }

    [Fact]
    public async Task PatchGoesOnWhereTheWholeOfItsVersionTookPlace()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Whole(1), Switch(1, 2, on: false), Whole(2, on: false), Switch(2, 3, on: true));

        test.IsOn.Should().BeTrue();
        test.Status.SnapshotVersion.Should().Be(3);
    }

    [Fact]
    public async Task RemovedFlagIsNotFoundAndStaysAway()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Whole(1), Patch("""{ "baseVersion": 1, "version": 2, "remove": { "flags": ["f"] } }"""), Switch(1, 2, on: true));

        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }

    [Fact]
    public async Task MalformedFlagOfAPatchIsQuarantinedAlone()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(
            Document(Four(1)), Patch("""{ "baseVersion": 1, "version": 2, "set": { "flags": { "f1": { "type": "boolean", "variants": { "on": 1 }, "default": "on" } } } }"""));

        test.Status.SnapshotVersion.Should().Be(2);
        test.Client.EvaluateBoolean("f1", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Error);
        test.Client.IsEnabled("f2", EvaluationContext.Empty).Should().BeTrue();
        test.Warnings.Should().ContainSingle().Which.Message.Should().Contain("PD1103");
    }

    [Fact]
    public async Task PatchThatBreaksAnAssertionIsRefused()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(
            Document(ClientUnderTest.Document(1, more: """ "assertions": [ { "flag": "f", "variant": "on" } ], """)), Switch(1, 2, on: false));

        test.IsOn.Should().BeTrue();
        test.Status.Cause!.Message.Should().Contain("PD1007");
    }

    [Fact]
    public async Task PatchMayNotMakeTheSnapshotLargerThanAllowed()
    {
        await using var test = new ClientUnderTest(client => client.Configure(options => options.Limits.MaxFlags = 2));

        await test.PlayAsync(Whole(1), Patch("""{ "baseVersion": 1, "version": 2, "set": { "flags": { "h": { "type": "boolean", "variants": { "on": true } } } } }"""));

        test.Status.Cause!.Message.Should().Contain("PD1004");
    }

    [Fact]
    public async Task PatchedRulesOutliveARestartAndTheSourceTakesOver()
    {
        await RunAsync(Whole(1), Switch(1, 2, on: false));
        await using var restarted = Client();

        await restarted.PlayAsync(Down);
        restarted.IsOn.Should().BeFalse();
        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Origin = SnapshotOrigin.LastKnownGood });

        await restarted.PlayAsync(Whole(2, on: false));
        restarted.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Origin = SnapshotOrigin.Source });
    }

    [Fact]
    public async Task PatchedRulesAreWrittenAtIntervalsAndTheLastOnesInTheEnd()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Whole(1), Switch(1, 2, on: false), Switch(2, 3, on: true), Current());
            (await KeptVersion()).Should().Be(2);

            test.Time.Advance(TimeSpan.FromSeconds(10));
            await test.PlayAsync(Current());
        }

        (await KeptVersion()).Should().Be(3);
    }

    [Fact]
    public async Task ClientClosesItsSource()
    {
        var test = new ClientUnderTest();
        await test.PlayAsync(Whole(1));

        await test.DisposeAsync();

        test.Source.IsClosed.Should().BeTrue();
    }

    private static Turn Whole(long version, bool on = true) => Document($$"""
        { "schema": "progressive-delivery/1", "version": {{version}}, "flags": {
            "f": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{(on ? "on" : "off")}}" },
            "g": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" } } }
        """);

    private static Turn Switch(long @base, long version, bool on) => Patch($$"""
        { "baseVersion": {{@base}}, "version": {{version}}, "set": { "flags": {
            "f": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{(on ? "on" : "off")}}" } } } }
        """);

    private static string Four(long version) => $$"""
        { "schema": "progressive-delivery/1", "version": {{version}}, "flags": {
        {{string.Join(",", Enumerable.Range(1, 4).Select(i => $$"""
            "f{{i}}": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" }
            """))}} } }
        """;

    private ClientUnderTest Client() => new(client => client.KeepLastKnownGoodIn(_folder.Path));

    private async Task RunAsync(params Turn[] turns)
    {
        await using var test = Client();
        await test.PlayAsync(turns);
    }

    private async Task<long> KeptVersion()
    {
        var head = (await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path, "*.snapshot").Max(StringComparer.Ordinal)!)).Split(' ');
        return long.Parse(head[2], System.Globalization.CultureInfo.InvariantCulture);
    }
}
