using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Steering;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A backend that sends kills without end: each is obeyed at once, the disk is written in groups, and people are told in numbers.</summary>
public sealed class KillFloodTests : IDisposable
{
    private const int Flood = 20_000;

    private readonly PlayedDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task KillAfterAFloodOfOthersActsWithoutWaitingForTheDisk()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));
        _disk.Freeze((operation, path) => operation == "Flush" && path.Contains(".kills", StringComparison.Ordinal));

        await test.PlayWithoutDiskAsync(Kill(2, "unknown-0", "off"));
        await _disk.HangsAsync();
        for (var i = 1; i < Flood; i++)
            test.Source.Then(Kill(2, $"unknown-{i}", "off"));
        await test.PlayWithoutDiskAsync(Kill(2, "f", "off"));
        await Until.HoldsAsync(() => !test.IsOn);
        _disk.Thaw();
        await test.Client.DisposeAsync();
        await Until.HoldsAsync(() => test.Warnings.Any(line => line.Id.Id == 511));      // the log says it after the kill is in force

        _disk.Writes(".kills").Should().BeInRange(2, 3, "one is under way when the flood comes, and one takes all of it, or all but what is obeyed just then");
        test.Logs.GetSnapshot().Should().HaveCountLessThanOrEqualTo(10);
        test.Warnings.Select(line => line.Id.Id).Should().BeEquivalentTo([513, 514, 515, 511]);
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 514).Which.Message.Should().Contain("19999 further kills").And.Contain("unknown-19999");
    }

    [Fact]
    public async Task KillsOfFlagsThatNoSnapshotHasAreRememberedUpToALimitTheLatestFirst()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1), Kill(2, "f", "off"));
        for (var i = 0; i < UnknownKills.MaxCount + 500; i++)
            test.Source.Then(Kill(5, $"unknown-{i}", "off"));
        test.Source.Then(Kill(5, "late", "off")).Then(Document($$"""
            {"schema": "progressive-delivery/1", "version": 2, "flags": { {{Flag("f")}}, {{Flag("late")}}, {{Flag("unknown-0")}}, {{Flag("unknown-500")}}, {{Flag("unknown-501")}} } }
            """));
        await Until.HoldsAsync(() => test.Status.SnapshotVersion == 2);
        await test.Client.DisposeAsync();

        _disk.Stored(".kills")!.Texts.Should().HaveCount(UnknownKills.MaxCount + 1);
        await using var restarted = Client();
        await restarted.PlayAsync(Throw(new SnapshotSourceException("Down.")));
        new[] { "f", "late", "unknown-0", "unknown-500", "unknown-501" }.Select(flag => restarted.Client.IsEnabled(flag, EvaluationContext.Empty))
            .Should().Equal(false, false, true, true, false);
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 515);
    }

    [Fact]
    public void TextsOfKillsOfUnknownFlagsAreLimitedTooAndTheLatestStays()
    {
        var kills = new UnknownKills();
        kills.Add("huge", UnknownKills.MaxBytes);
        kills.TakeExcess().Should().BeEmpty();

        kills.Add("next", 1);
        kills.TakeExcess().Should().Equal("huge");
        kills.Add("larger", UnknownKills.MaxBytes + 1);
        kills.TakeExcess().Should().Equal("next");
        kills.TakeExcess().Should().BeEmpty();
    }

    [Fact]
    public async Task FlagThatIsKilledAgainAndAgainIsOneLine()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1));

        await test.PlayWithoutDiskAsync([.. Enumerable.Range(2, 200).Select(version => Kill(version, "f", "off"))]);

        test.Warnings.Should().ContainSingle().Which.Id.Id.Should().Be(511);
    }

    [Fact]
    public async Task ManyFlagsKilledAreAFewLinesAndANumber()
    {
        await using var test = Client();
        await test.PlayAsync(Document($$"""{"schema": "progressive-delivery/1", "version": 1, "flags": { {{string.Join(", ", Enumerable.Range(0, 500).Select(i => Flag($"f{i}")))}} } }"""));

        await test.PlayWithoutDiskAsync([.. Enumerable.Range(0, 500).Select(i => Kill(2, $"f{i}", "off"))]);
        test.Time.Advance(TimeSpan.FromMinutes(1));

        test.Warnings.Select(line => line.Id.Id).Should().Equal(511, 511, 511, 511, 511, 512);
        test.Warnings.Last().Message.Should().Contain("killed 495 further flags").And.Contain("f499");
        Enumerable.Range(0, 500).Should().OnlyContain(i => !test.Client.IsEnabled($"f{i}", EvaluationContext.Empty, true));
    }

    [Fact]
    public async Task BurstEndsWithAQuietMinuteAndTheNextKillIsToldAgain()
    {
        await using var test = Client();
        await test.PlayAsync(Rules(1), Kill(2, "nobody", "off"), Kill(2, "nothing", "off"));
        test.Warnings.Should().ContainSingle();

        test.Time.Advance(TimeSpan.FromMinutes(1));
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.PlayAsync(Kill(2, "none", "off"));

        test.Warnings.Select(line => line.Id.Id).Should().Equal(513, 514, 513);
    }

    private static string Flag(string key) => $$"""
        "{{key}}": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on" }
        """;

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));

    private ClientUnderTest Client() => new(client => client.KeepLastKnownGoodIn("/kept"), files: _disk);
}
