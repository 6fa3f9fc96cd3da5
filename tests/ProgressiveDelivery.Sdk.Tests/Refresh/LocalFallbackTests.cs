using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class LocalFallbackTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RestartWithoutBackendAnswersFromTheLastAcceptedSnapshot()
    {
        await RunAsync(Rules(1, on: false), Rules(2), Document("{"));
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.IsOn.Should().BeTrue();
        restarted.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Stale, SnapshotVersion = 2L, Origin = SnapshotOrigin.LastKnownGood });
        restarted.Client.EvaluateBoolean("f", EvaluationContext.Empty).Age.Should().BeNull();
    }

    [Fact]
    public async Task SourceThatStillHasTheSameDocumentTakesOverSilently()
    {
        await RunAsync(Rules(1));
        var written = LastWrite();
        await using var restarted = Client();
        var changes = new List<SnapshotChange>();
        restarted.Client.OnChange(change =>
        {
            lock (changes) changes.Add(change);
        });

        await restarted.PlayAsync(Rules(1));
        await Until.HoldsAsync(() => Count() == 1);
        await restarted.PlayAsync(Rules(2), Current());
        await Until.HoldsAsync(() => Count() == 2);

        restarted.Status.Origin.Should().Be(SnapshotOrigin.Source);
        changes.Select(change => (change.Previous?.Version, change.Current.Version)).Should().Equal((null, 1), (1, 2));
        LastWrite().Should().NotBe(written);

        int Count()
        {
            lock (changes) return changes.Count;
        }
    }

    [Fact]
    public async Task DocumentThatTheFileHoldsIsNotWrittenAgain()
    {
        await RunAsync(Rules(1));
        var written = LastWrite();

        await RunAsync(Rules(1), Current());

        LastWrite().Should().Be(written);
    }

    [Theory]
    [InlineData(5, 3, SnapshotOrigin.LastKnownGood)]
    [InlineData(3, 5, SnapshotOrigin.Bundled)]
    [InlineData(4, 4, SnapshotOrigin.LastKnownGood)]
    public async Task HigherVersionWins(long kept, long bundled, SnapshotOrigin expected)
    {
        await RunAsync(Rules(kept));
        await File.WriteAllTextAsync(_folder.File("bundled.json"), ClientUnderTest.Document(bundled));
        await using var restarted = Client(client => client.FallBackToFile(_folder.File("bundled.json")));

        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = Math.Max(kept, bundled), Origin = expected });
        restarted.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
    }

    [Fact]
    public async Task OlderSnapshotOfTheSourceIsRefused()
    {
        await RunAsync(Rules(5));
        await using var restarted = Client();

        await restarted.PlayAsync(Rules(4, on: false));

        restarted.IsOn.Should().BeTrue();
        restarted.Status.Cause!.Message.Should().Contain("PD1005");
    }

    [Fact]
    public async Task DamagedFileIsOneWarningAndIsReplaced()
    {
        await RunAsync(Rules(1));
        await File.WriteAllTextAsync(KeptFile(), "PDLKG1 nonsense");
        await using (var restarted = Client())
        {
            await restarted.PlayAsync(Down);
            restarted.Status.HasRules.Should().BeFalse();
            restarted.Warnings.Should().ContainSingle(line => line.Id.Name == "GenerationsSkipped").Which.Message.Should().Contain("ends in the middle").And.Contain("There is no older one");

            await restarted.PlayAsync(Rules(1), Current());
        }

        await using var again = Client();
        await again.PlayAsync(Down);
        again.IsOn.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NewestSoundOneIsStartedFromWhenTheLastIsDamagedOrCutOff(bool isCutOff)
    {
        await RunAsync(Rules(1, on: false), Rules(2), Rules(3, on: false));
        var damaged = await File.ReadAllBytesAsync(KeptFile());
        damaged[^5] ^= 1;
        await File.WriteAllBytesAsync(KeptFile(), isCutOff ? damaged[..^9] : damaged);
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.IsOn.Should().BeTrue();
        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Origin = SnapshotOrigin.LastKnownGood });
        restarted.Warnings.Should().ContainSingle(line => line.Id.Name == "GenerationsSkipped").Which.Message
            .Should().Contain("An older one, version 2, is in force").And.Contain(isCutOff ? "ends in the middle" : "is damaged");
        Directory.GetFiles(_folder.File("kept")).Select(Path.GetExtension).Should().BeEquivalentTo(".snapshot", ".snapshot", ".damaged");
    }

    [Fact]
    public async Task ExpiredGenerationIsSkippedForAnOlderOneAndKept()
    {
        await RunAsync(Rules(1), Document(ClientUnderTest.Document(2, on: false, more: $"\"expiresAt\": \"{new WatchedTime().GetUtcNow().AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}\",")));
        await using var restarted = Client();
        restarted.Time.Advance(TimeSpan.FromMinutes(6));

        await restarted.PlayAsync(Down);

        restarted.IsOn.Should().BeTrue();
        restarted.Warnings.Should().ContainSingle(line => line.Id.Name == "GenerationsSkipped").Which.Message.Should().Contain("PD1006").And.Contain("version 1, is in force");
        Directory.GetFiles(_folder.File("kept")).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AsManyAreKeptAsAskedFor(int generations)
    {
        await using (var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.File("kept"), generations)))
            await test.PlayAsync(Rules(1), Rules(2), Rules(3), Rules(4), Current());

        Directory.GetFiles(_folder.File("kept")).Should().HaveCount(generations);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void NumberOfSnapshotsToKeepIsCheckedAtTheStart(int generations) =>
        FluentActions.Invoking(() => new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.File("kept"), generations)))
            .Should().Throw<OptionsValidationException>().WithMessage($"*KeepLastKnownGoodIn keeps {generations} snapshots. Give 1 to 100.*");

    [Fact]
    public async Task TwoClientsOnOneFolderNeverDisturbEachOther()
    {
        await using var first = Client();
        await using var second = Client();

        await Task.WhenAll(first.PlayAsync([.. Enumerable.Range(1, 10).Select(i => Rules(i))]), second.PlayAsync([.. Enumerable.Range(1, 10).Select(i => Rules(i))]));
        await using var restarted = Client();
        await restarted.PlayAsync(Down);

        restarted.Status.SnapshotVersion.Should().BeGreaterThanOrEqualTo(9);
        // One that begins late finds the other's version, and rejects its own source's older ones.
        first.Warnings.Concat(second.Warnings).Where(line => !line.Message.Contains("PD1005", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public async Task BundledFileThatIsMissingIsOneWarning()
    {
        await using var test = new ClientUnderTest(client => client.FallBackToFile(_folder.File("none.json")));

        await test.PlayAsync(Rules(1));

        test.IsOn.Should().BeTrue();
        test.Warnings.Should().ContainSingle().Which.Message.Should().Contain("none.json").And.Contain("does not exist");
    }

    [Fact]
    public async Task DiskThatFailsIsOneWarningAndIsTriedAgain()
    {
        await File.WriteAllTextAsync(_folder.File("kept"), "a file where a folder should be");
        await using (var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.File("kept"))))
        {
            await test.PlayAsync(Rules(1), Current(), Rules(2), Current());
            test.Status.State.Should().Be(FeatureClientState.Ready);
            test.Warnings.Where(line => line.Message.Contains("cannot be written", StringComparison.Ordinal)).Should().ContainSingle();

            File.Delete(_folder.File("kept"));
            await test.PlayAsync(Current(), Current());
        }

        await using var restarted = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.File("kept")));
        await restarted.PlayAsync(Down);
        restarted.Status.SnapshotVersion.Should().Be(2);
    }

    [Fact]
    public async Task EachStartSweepsWhatDeadWritersLeftAndLeavesYoungFilesOfOthers()
    {
        await RunAsync(Rules(1));
        var stem = Path.GetFileName(KeptFile()).Split('.')[0];
        var (dead, living) = (_folder.File($"kept/{stem}.kills.0123.tmp"), _folder.File($"kept/{stem}.control.4567.tmp"));
        foreach (var file in new[] { dead, living })
            await File.WriteAllTextAsync(file, "half");
        var now = new WatchedTime().GetUtcNow().UtcDateTime;
        File.SetLastWriteTimeUtc(dead, now.AddMinutes(-61));
        File.SetLastWriteTimeUtc(living, now.AddMinutes(-59));
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        (File.Exists(dead), File.Exists(living)).Should().Be((false, true));
    }

    [Fact]
    public async Task WithoutBeingAskedNothingIsWritten()
    {
        await using var test = new ClientUnderTest(client => client.FallBackToFile(_folder.File("none.json")));

        await test.PlayAsync(Rules(1), Current());

        Directory.EnumerateFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    private ClientUnderTest Client(Action<ProgressiveDeliveryBuilder>? more = null) => new(client =>
    {
        client.KeepLastKnownGoodIn(_folder.File("kept"));
        more?.Invoke(client);
    });

    private async Task RunAsync(params Turn[] turns)
    {
        await using var test = Client();
        await test.PlayAsync(turns);
    }

    private string KeptFile() => Directory.GetFiles(_folder.File("kept"), "*.snapshot").Max(StringComparer.Ordinal)!;

    private DateTime LastWrite() => File.GetLastWriteTimeUtc(KeptFile());

    private static Turn Rules(long version, bool on = true) => Document(ClientUnderTest.Document(version, on));
}
