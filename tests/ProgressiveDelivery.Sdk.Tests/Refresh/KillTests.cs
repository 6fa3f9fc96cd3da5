using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class KillTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KillActsAtOnceAndTellsWhoWatches()
    {
        await using var test = new ClientUnderTest();
        var changes = new System.Collections.Concurrent.ConcurrentQueue<bool>();
        test.Client.OnChange(change => changes.Enqueue(change.Current.IsEnabled("f", EvaluationContext.Empty)));

        await test.PlayAsync(Rules(5));
        await Until.HoldsAsync(() => changes.Count == 1);
        await test.PlayAsync(Kill(6, "f", "off"));
        await Until.HoldsAsync(() => changes.Count == 2);

        var answer = test.Client.EvaluateBoolean("f", EvaluationContext.Empty);
        (answer.Value, answer.Variant, answer.Reason).Should().Be((false, "off", EvaluationReason.Killed));
        test.Client.Explain("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed);
        changes.Should().Equal(true, false);
        test.Source.Acknowledged.Should().HaveCount(2);
        test.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("FlagKilled");
        test.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 5L });
    }

    [Fact]
    public async Task UnknownMemberOfKillsIsToldOnceAndTheyAreObeyed()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync([Rules(1), .. Enumerable.Range(6, 5).Select(version => Odd(version))]);

        test.IsOn.Should().BeFalse();
        test.Warnings.Where(line => line.Id.Name == "KillWarning").Should().ContainSingle().Which.Message.Should().Contain("PD1144").And.Contain("$.color");

        static Turn Odd(int version) =>
            _ => new(SnapshotReading.OfKill(System.Text.Encoding.UTF8.GetBytes($$"""{ "version": {{version}}, "flag": "f", "variant": "off", "color": 1 }""")));
    }

    [Fact]
    public async Task MisspeltMemberOfAKillRefusesIt()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Rules(1), _ => new(SnapshotReading.OfKill("""{ "version": 6, "flag": "f", "varient": "off" }"""u8.ToArray())));

        test.IsOn.Should().BeTrue();
        test.Status.Cause!.Message.Should().Contain("PD1143").And.Contain("'variant'");
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public async Task OnlyASnapshotNewerThanTheKillEndsIt(long version, bool isOn)
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Rules(4), Kill(6, "f", "off"), Rules(5), Rules(version));

        test.IsOn.Should().Be(isOn);
        test.Status.SnapshotVersion.Should().Be(version);
    }

    [Fact]
    public async Task PatchNewerThanTheKillEndsItToo()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Rules(5), Kill(6, "f", "off"), Patch("""{ "baseVersion": 5, "version": 7 }"""));

        test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task KillsAreOrderedByVersionHoweverTheyArrive()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Rules(5), Kill(8, "f", "on"), Kill(7, "f", "off"), Kill(8, "f", "off"));

        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Variant.Should().Be("on");
        test.Source.Acknowledged.Should().HaveCount(4);
        test.Warnings.Should().ContainSingle();
    }

    [Fact]
    public async Task KillOlderThanTheRulesIsPassedBy()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Rules(5), Kill(4, "f", "off"));

        test.IsOn.Should().BeTrue();
        test.Source.Acknowledged.Should().HaveCount(2);
    }

    [Fact]
    public async Task KillBeforeTheRulesHoldsUnderThem()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Kill(6, "f", "off"), Rules(5));

        test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed);
    }

    [Fact]
    public async Task KillOutlivesARestartAndItsEndDoesToo()
    {
        await RunAsync(Rules(5), Kill(6, "f", "off"));
        await using (var restarted = Client())
        {
            await restarted.PlayAsync(Down);
            restarted.IsOn.Should().BeFalse();
            await restarted.PlayAsync(Rules(5), Rules(7));
            restarted.IsOn.Should().BeTrue();
        }

        await using var again = Client();
        await again.PlayAsync(Down);
        again.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task DamagedKillsAreOneWarningAndTheStartGoesOn()
    {
        await RunAsync(Rules(5), Kill(6, "f", "off"));
        await File.WriteAllTextAsync(Directory.GetFiles(_folder.Path, "*.kills").Single(), "PDLKG1 nonsense");
        await using var restarted = Client();

        await restarted.PlayAsync(Rules(5));

        restarted.IsOn.Should().BeTrue();
        restarted.Warnings.Should().ContainSingle().Which.Message.Should().Contain(".kills");
    }

    [Theory]
    [InlineData("f", "purple")]
    [InlineData("nobody", "off")]
    public async Task KillOfWhatIsNotThereIsOneWarning(string flag, string variant)
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Rules(5), Kill(6, flag, variant));

        test.IsOn.Should().BeTrue();
        test.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("KillWithoutEffect");
    }

    [Fact]
    public async Task KilledFlagYieldsItsVariantToThoseThatDependOnIt()
    {
        const string Flags = """
            "f": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" },
            "needs": { "type": "boolean", "variants": { "on": true, "off": false }, "offVariant": "off", "requires": [ { "flag": "f", "variants": ["on"] } ], "default": "on" },
            "disabled": { "type": "boolean", "variants": { "on": true, "off": false }, "enabled": false, "offVariant": "off", "default": "on" },
            "wants": { "type": "boolean", "variants": { "on": true, "off": false }, "offVariant": "off", "requires": [ { "flag": "disabled", "variants": ["on"] } ], "default": "on" }
            """;
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Document($$"""{ "schema": "progressive-delivery/1", "version": 5, "flags": { {{Flags}} } }"""), Kill(6, "f", "off"), Kill(6, "disabled", "on"));

        Reason("needs").Should().Be(EvaluationReason.PrerequisiteFailed);
        Reason("disabled").Should().Be(EvaluationReason.Killed);
        Reason("wants").Should().Be(EvaluationReason.PrerequisiteFailed);

        EvaluationReason Reason(string key) => test.Client.EvaluateBoolean(key, EvaluationContext.Empty).Reason;
    }

    [Fact]
    public async Task KillDoesNotMakeRulesOfAFileCurrent()
    {
        await RunAsync(Rules(5));
        await using var restarted = Client();

        await restarted.PlayAsync(Kill(6, "f", "off"));

        restarted.IsOn.Should().BeFalse();
        restarted.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, Origin = SnapshotOrigin.LastKnownGood, Age = (TimeSpan?)null });
    }

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));

    private ClientUnderTest Client() => new(client => client.KeepLastKnownGoodIn(_folder.Path));

    private async Task RunAsync(params Turn[] turns)
    {
        await using var test = Client();
        await test.PlayAsync(turns);
    }
}
