using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Faults.Victim;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Disk;

/// <summary>Processes that write the same files, and die while they do: what is read is always whole.</summary>
public sealed class KilledWriterTests : DiskScenario
{
    private const int Kills = 50;
    private const int WritersOfEach = 4;
    private const int MaxGenerations = 15;

    [Fact]
    [Trait("Category", "Long")]
    [Scenario("D1")]
    public async Task D01_WritersKilledAtAnyMomentLeaveWholeGenerations()
    {
        var random = new Random(1);
        var folders = Enumerable.Range(0, WritersOfEach).Select(i => Folder.File($"kept-{i}")).ToList();
        var latest = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            var kept = await KillAsync(latest + 1, folders, random);
            foreach (var folder in folders)
            {
                var version = await ReadAsync(folder);
                version.Should().BeGreaterThanOrEqualTo(kept[folder], "what was kept stays kept");
                latest = Math.Max(latest, version);
            }
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    [Scenario("D4")]
    public async Task D04_TwoProcessesThatShareAFolderNeverHarmEachOther()
    {
        using VictimProcess one = VictimProcess.Start("keep", "1", Kept), other = VictimProcess.Start("keep", "1", Kept);
        await KeepsAsync(one);
        await KeepsAsync(other);

        for (var read = 0; read < 50; read++) (await ReadAsync(Kept)).Should().BePositive();
    }

    [Fact]
    [Scenario("D4")]
    public async Task D04_ClientsThatShareAFolderKeepApart()
    {
        await LiveAsync(Kept, Document.Of(5));

        var other = new PlayedSource { Name = "another" }.Then(new SnapshotSourceException("The backend is down."));
        var subject = Client(flags => flags.From(_ => other).KeepLastKnownGoodIn(Kept)).Start();
        await subject.OutageAsync();

        subject.Status.HasRules.Should().BeFalse("that file is another source's");
        (await RestartAsync(Kept)).Status.SnapshotVersion.Should().Be(5);
    }

    [Fact]
    [Scenario("D4")]
    public async Task D04_FileThatAnotherKeepsToItselfHoldsNobodyUp()
    {
        await LiveAsync(Kept, Document.Of(1));
        var locks = KeptFiles.Select(file => new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None)).ToList();

        var source = new PlayedSource().Then(Document.Of(2));
        var subject = Client(flags => flags.From(_ => source).KeepLastKnownGoodIn(Kept)).Start();
        await Until.HoldsAsync(() => source.Reads == 2);
        locks.ForEach(held => held.Dispose());
        await subject.DisposeAsync();

        (await RestartAsync(Kept)).Status.SnapshotVersion.Should().Be(2);
    }

    private static async Task KeepsAsync(VictimProcess process)
    {
        while ((await process.LineAsync())!.StartsWith("0 ", StringComparison.Ordinal)) { }
    }

    // Starts writers and kills them: some generations later, and some part of one. Tells which ones they had kept at least.
    private static async Task<Dictionary<string, long>> KillAsync(long firstVersion, List<string> folders, Random random)
    {
        using var victim = VictimProcess.Start(["keep", firstVersion.ToString(CultureInfo.InvariantCulture), .. folders]);
        var kept = folders.ToDictionary(folder => folder, _ => 0L);
        for (var lines = random.Next(1, MaxGenerations * folders.Count); lines > 0; lines--)
        {
            var line = (await victim.LineAsync())!.Split(' ', 2);
            // The first line is of before: nothing was kept by then, or something older.
            if (long.Parse(line[0], CultureInfo.InvariantCulture) is var version && version >= firstVersion) kept[line[1]] = version;
        }

        Thread.SpinWait(random.Next(200_000));
        victim.Kill();
        await victim.EndedAsync();
        return kept;
    }

    private static async Task<long> ReadAsync(string folder)
    {
        var source = new PlayedSource { Name = "torrent" }.Then(new SnapshotSourceException("The backend is down."));
        await using var provider = new ServiceCollection()
            .AddLogging(logging => logging.AddFakeLogging())
            .AddProgressiveDelivery(flags => flags.From(_ => source).KeepLastKnownGoodIn(folder))
            .BuildServiceProvider();
        var (client, logs) = (provider.GetRequiredService<IFeatureClient>(), provider.GetFakeLogCollector());
        await client.WaitUntilReadyAsync(TimeSpan.Zero);
        await Until.HoldsAsync(() => logs.GetSnapshot().Any(line => line.Level >= LogLevel.Warning));

        logs.GetSnapshot().Where(line => line.Level >= LogLevel.Warning).Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
        var version = client.Status.SnapshotVersion;
        var expected = version > 0 ? version : -1;
        Generation.Flags.Select(flag => client.GetInteger(flag, Bait.Context, -1)).Should().OnlyContain(value => value == expected);
        return version;
    }
}
