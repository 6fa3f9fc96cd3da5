using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>Processes that spill events and are killed: what they had on disk follows once, also where two of them share the folder.</summary>
[Trait("Category", "Long")]
public sealed class KilledSpillTests : SpillScenario
{
    private const int Kills = 8;
    private const int MaxRounds = 12;
    private const int Endless = 1_000;

    private readonly Random _random = new(1);

    [Fact]
    [Scenario("E11")]
    public async Task E11_EventsOfProcessesThatAreKilledFollowAfterTheRestart()
    {
        var promised = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var prefix = $"run{kill}";
            using var victim = Start(prefix, Endless);
            promised.AddRange(await KillAsync(victim, prefix));
        }

        var sink = new PlayedSink("collector");
        var subject = await StartAsync(sink);
        await Until.HoldsAsync(() => Segments.Length == 0);

        ShouldBeWholeAndSingle(sink.Exposures);
        promised.Except(UnitsOf(sink.Exposures)).Should().BeEmpty();
        // A kill may tear the one line that is being written.
        StatusOf(subject).Should().BeEquivalentTo(new { Sent = sink.Delivered, Queued = 0L, Spilled = 0L });
        StatusOf(subject).Lost.Should().BeLessThanOrEqualTo(Kills).And.Be(StatusOf(subject).LostByCause.GetValueOrDefault(EventLossCause.Disk));
    }

    [Fact]
    [Scenario("E11")]
    public async Task E11_LinesThatAreTornOrDamagedAreCountedAndNotDelivered()
    {
        using (var victim = Start("unit", 2))
        {
            await victim.ToldAsync("200");
            victim.Kill();
            await victim.EndedAsync();
        }

        var whole = Segments.SelectMany(File.ReadLines).Select(UnitOf).ToList();
        whole.Should().HaveCount(200).And.OnlyHaveUniqueItems();
        var damaged = Damage(Segments.OrderByDescending(path => new FileInfo(path).Length).ToList());
        var sink = new PlayedSink("collector");
        var subject = await StartAsync(sink);
        await Until.HoldsAsync(() => Segments.Length == 0);

        ShouldBeWholeAndSingle(sink.Exposures);
        UnitsOf(sink.Exposures).Order().Should().Equal(whole.Except(damaged).Order());
        StatusOf(subject).LostByCause.Should().Equal(new Dictionary<EventLossCause, long> { [EventLossCause.Disk] = 3 });
        subject.Warnings.Should().ContainSingle(line => line.Message.Contains("torn or damaged", StringComparison.Ordinal));
    }

    [Fact]
    [Scenario("E11")]
    public async Task E11_SegmentsThatCannotBeLockedAreAdoptedOnceTheyCan()
    {
        var ended = await StartAsync(new("collector") { Sending = AwayAsync });
        Expose(ended, 0, 10);
        await EndAsync(ended);
        var file = LockOf(Segments.Single());
        File.Delete(file);
        Directory.CreateDirectory(file);
        var sink = new PlayedSink("collector");
        var subject = await StartAsync(sink, events => events.Capacity = 2);
        await Until.HoldsAsync(() => StatusOf(subject).SpillFault is not null);

        Directory.Delete(file);
        Clock.Advance(FlushInterval);
        Expose(subject, 10, 11);

        await Until.HoldsAsync(() => StatusOf(subject) is { Sent: 11, SpillFault: null });
        DifferentEvents(sink).Should().Be(11);
    }

    [Fact]
    [Scenario("E14")]
    public async Task E14_ProcessesThatShareAFolderTakeNothingFromEachOther()
    {
        var promised = new List<string>();
        using (VictimProcess one = Start("one", Endless), two = Start("two", Endless))
        {
            await one.LineAsync();
            await two.LineAsync();
            promised.AddRange(await KillAsync(one, "one"));
            await two.LineAsync();
            using var heir = Start("heir", Endless);
            await heir.LineAsync();
            promised.AddRange(await KillAsync(two, "two"));
            promised.AddRange(await KillAsync(heir, "heir"));
        }

        PlayedSink first = new("collector"), second = new("collector");
        var subjects = await Task.WhenAll(StartAsync(first), StartAsync(second));
        await Until.HoldsAsync(() => Segments.Length == 0);

        var delivered = first.Exposures.Concat(second.Exposures).ToList();
        ShouldBeWholeAndSingle(delivered);
        promised.Except(UnitsOf(delivered)).Should().BeEmpty();
        subjects.Sum(subject => StatusOf(subject).Recovered - StatusOf(subject).Lost).Should().Be(delivered.Count, "what a dead process left is adopted once");
        subjects.Sum(subject => StatusOf(subject).Lost).Should().BeLessThanOrEqualTo(3, "a kill may tear the one line that is being written");
    }

    private VictimProcess Start(string prefix, int rounds) =>
        VictimProcess.Start("spill", Experiment(1, 50), Spill, prefix, rounds.ToString(CultureInfo.InvariantCulture));

    // Kills a process some rounds later, and some part of one. Tells the units that it had on disk at least.
    private async Task<IEnumerable<string>> KillAsync(VictimProcess victim, string prefix)
    {
        var told = 0;
        for (var rounds = _random.Next(1, MaxRounds); rounds > 0; rounds--)
            told = int.Parse((await victim.LineAsync())!, CultureInfo.InvariantCulture);
        Thread.SpinWait(_random.Next(200_000));
        victim.Kill();
        await victim.EndedAsync();
        return Enumerable.Range(0, told).Select(unit => $"{prefix}-{unit}");
    }

    // A line that is cut, one that the device lost, and the beginning of one. Tells the units of the first two.
    private static List<string> Damage(List<string> segments)
    {
        var cut = File.ReadAllBytes(segments[0]);
        File.WriteAllBytes(segments[0], cut[..^20]);
        var lost = File.ReadAllBytes(segments[1]);
        Array.Clear(lost, 0, Array.IndexOf(lost, (byte)'\n') - 1);
        var units = new List<string> { UnitOf(Encoding.UTF8.GetString(cut).TrimEnd().Split('\n')[^1]), UnitOf(File.ReadLines(segments[1]).First()) };
        File.WriteAllBytes(segments[1], lost);
        File.AppendAllText(segments[2], File.ReadLines(segments[2]).First()[..40]);
        return units;
    }

    private static IEnumerable<string> UnitsOf(IEnumerable<ExposureEvent> exposures) => exposures.Select(exposure => exposure.Unit);

    // A segment's name is the client's and the sink's, the run's, a number and an id.
    private static string LockOf(string segment) => string.Join('.', segment.Split('.')[..2]) + ".lock";

    private static string UnitOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("unit").GetString()!;
    }

    private static void ShouldBeWholeAndSingle(IReadOnlyList<ExposureEvent> exposures)
    {
        exposures.Select(exposure => exposure.Id).Should().OnlyHaveUniqueItems();
        UnitsOf(exposures).Should().OnlyHaveUniqueItems();
        exposures.Should().OnlyContain(exposure =>
            exposure.Flag == "checkout" && exposure.Experiment == "checkout-test" && exposure.UnitKind == "targetingKey" && exposure.SnapshotVersion == 1
            && (exposure.Variant == "on" || exposure.Variant == "off") && exposure.Id.Length > 0 && exposure.Unit.Contains('-'));
    }
}
