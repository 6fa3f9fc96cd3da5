using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class RefreshJournalTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("The backend is down."));

    private readonly ClientUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task OutageIsOneWarningAndOneRecovery()
    {
        await _test.PlayAsync([Rules(1), .. Enumerable.Repeat(Down, 20), Current(), Current()]);

        _test.Warnings.Should().ContainSingle().Which.Message.Should().Contain("The backend is down.");
        Lines("OutageEnded").Should().ContainSingle().Which.Level.Should().Be(LogLevel.Information);
        Lines("AttemptFailed").Should().HaveCount(20).And.OnlyContain(line => line.Level == LogLevel.Debug);
    }

    [Fact]
    public async Task NextOutageIsWarnedOfAgain()
    {
        await _test.PlayAsync(Rules(1), Down, Current(), Down);

        _test.Warnings.Should().HaveCount(2);
    }

    [Fact]
    public async Task OutagesWithoutEndAreToldThreeTimesAnHour()
    {
        await _test.PlayAsync(Rules(1));
        for (var flap = 0; flap < 40; flap++)
            await _test.PlayAsync(Down, Current());
        var inAnHour = _test.Warnings.Count();

        _test.Time.Advance(TimeSpan.FromHours(1));
        await _test.PlayAsync(Down, Current());

        inAnHour.Should().Be(3);
        _test.Warnings.Should().HaveCount(4);
        Lines("OutageEnded").Where(line => line.Level == LogLevel.Information).Should().HaveCount(4, "a recovery is told where its outage was");
    }

    [Fact]
    public async Task SourceThatIsRefusedAndConfirmedInTurnDoesNotFloodTheLog()
    {
        await _test.PlayAsync(Rules(1));
        for (var flap = 0; flap < 40; flap++)
            await _test.PlayAsync(Document("{"), Current());

        _test.Warnings.Should().HaveCount(5);
    }

    [Fact]
    public async Task RefusedDocumentIsToldOnceHoweverOftenItIsRead()
    {
        await _test.PlayAsync(Rules(1), Document("{"), Document("{"), Document("{"));

        _test.Warnings.Should().ContainSingle().Which.Message.Should().Contain("PD1001").And.Contain("version 1 stays in force");
    }

    [Fact]
    public async Task FaultThatCostsAFlagIsToldBeforeWarningsHoweverManyThereAre()
    {
        var unknown = string.Concat(Enumerable.Range(0, 50).Select(i => $"\"u{i}\": {{ \"type\": \"boolean\", \"color\": 1 }}, "));

        await _test.PlayAsync(Document($$"""{ "schema": "progressive-delivery/1", "version": 1, "flags": { {{unknown}} "bad": { "type": "color", "variants": {} } } }"""));

        Lines("SnapshotFault").Should().HaveCount(10);
        Lines("SnapshotFault").First().Message.Should().Contain("'bad'").And.Contain("PD1102");
    }

    [Fact]
    public async Task OtherRefusedDocumentIsToldToo()
    {
        await _test.PlayAsync(Rules(1), Document("{"), Document("["), Document("["));

        _test.Warnings.Should().HaveCount(2);
    }

    [Fact]
    public async Task StreamOfRefusedDocumentsDoesNotFloodTheLog()
    {
        await _test.PlayAsync([Rules(1), .. Enumerable.Range(0, 50).Select(i => Document($"{{ {i}"))]);

        _test.Warnings.Count().Should().BeLessThanOrEqualTo(10);
    }

    [Fact]
    public async Task QuarantinedFlagsAreListedUpToTenAndThenCounted()
    {
        await _test.PlayAsync(WithBroken(1, 15));

        _test.IsOn.Should().BeTrue();
        Lines("SnapshotFault").Should().HaveCount(10);
        Lines("MoreSnapshotFaults").Should().ContainSingle().Which.Message.Should().Contain("5 more");
    }

    [Fact]
    public async Task FaultThatTheLastSnapshotHadTooIsOldNews()
    {
        await _test.PlayAsync(WithBroken(1, 2), WithBroken(2, 3));

        Lines("SnapshotFault").Select(line => line.Message).Should().HaveCount(3).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task CleanRunAndShutdownWarnOfNothing()
    {
        await _test.PlayAsync(Rules(1), Current(), Rules(2));
        var before = _test.Logs.GetSnapshot().Count;

        await _test.Client.DisposeAsync();

        _test.Warnings.Should().BeEmpty();
        _test.Logs.GetSnapshot().Skip(before).Should().NotContain(line => line.Level > LogLevel.Debug);
    }

    private IEnumerable<Microsoft.Extensions.Logging.Testing.FakeLogRecord> Lines(string name) =>
        _test.Logs.GetSnapshot().Where(line => line.Id.Name == name);

    private static Turn Rules(long version) => Document(ClientUnderTest.Document(version));

    private static Turn WithBroken(long version, int count)
    {
        var broken = Enumerable.Range(0, count).Select(i => Flag($"broken-{i}", "none"));
        var sound = Enumerable.Range(0, 60).Select(i => Flag($"sound-{i}", "on"));
        return Document($$"""{"schema": "progressive-delivery/1", "version": {{version}}, "flags": { {{string.Join(",", [.. broken, .. sound, Flag("f", "on")])}} } }""");
    }

    private static string Flag(string key, string variant) =>
        $$"""
        "{{key}}": {"type": "boolean", "variants": {"on": true}, "default": "{{variant}}"}
        """;
}
