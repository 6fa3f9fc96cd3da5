using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>The author of a snapshot, and the reason for its change.</summary>
public sealed class ChangeReadingTests
{
    [Theory]
    [InlineData("""{ "by": "kim", "why": "Raise search" }""", "kim", "Raise search")]
    [InlineData("""{ "why": "Raise \u00e9" }""", null, "Raise é")]
    [InlineData("""{ "by": null }""", null, null)]
    [InlineData("{}", null, null)]
    [InlineData("null", null, null)]
    public void ChangeIsReadAndWrittenAgain(string change, string? by, string? why)
    {
        var read = Read(change);
        var again = SnapshotJson.Read(Documents.Write(read.Definition!)).Definition!;

        read.Diagnostics.Should().BeEmpty();
        (read.Definition!.ChangedBy, read.Definition.ChangeReason).Should().Be((by, why));
        again.Should().Be(read.Definition);
    }

    [Theory]
    [InlineData("""{ "by": 7, "why": "x" }""", "$.change.by", "x")]
    [InlineData("""{ "why": { "by": "x" } }""", "$.change.why", null)]
    [InlineData("7", "$.change", null)]
    public void OtherValuesAreWarnedOfAndLeftOut(string change, string path, string? why)
    {
        var read = Read(change);

        read.Diagnostics.Should().ContainSingle().Which.Path.Should().Be(path);
        (read.Definition!.ChangedBy, read.Definition.ChangeReason).Should().Be((null, why));
    }

    [Fact]
    public void LongTextsAreCutBetweenCharacters()
    {
        var snapshot = new SnapshotDefinition { Version = 1, ChangedBy = new('x', 600), ChangeReason = new string('y', 499) + "😀" + "z" };

        snapshot.ChangedBy.Should().Be(new string('x', 500));
        snapshot.ChangeReason.Should().Be(new string('y', 499));
        (snapshot with { ChangeReason = new string('y', 498) + "😀" }).ChangeReason.Should().HaveLength(500);
    }

    [Fact]
    public async Task HistoryShowsItAndAPatchHasNone()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(
            Document(ClientUnderTest.Document(1, more: """ "change": { "by": "kim", "why": "Raise search" }, """)),
            Patch("""{ "baseVersion": 1, "version": 2 }"""),
            Document(ClientUnderTest.Document(3)));
        await test.Control.OverrideAsync("f", "off", new("ada", "why"));

        test.Control.History.Select(entry => (entry.Version, entry.ChangedBy, entry.ChangeReason)).Should().Equal((3L, null, null), (2L, null, null), (1L, "kim", "Raise search"));
    }

    private static SnapshotReadResult Read(string change) =>
        SnapshotJson.Read(Encoding.UTF8.GetBytes($$"""{ "schema": "progressive-delivery/1", "version": 1, "change": {{change}}, "flags": {} }"""));
}
