using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Payload;

/// <summary>P18: the corners of the format of server-sent events, over a real connection.</summary>
public sealed class EventStreamTests : FaultScenario
{
    private static readonly string First = Document.Of(1).OneLine();

    public static TheoryData<string, string> Readable => new()
    {
        { "carriage return and line feed", $"event: snapshot\r\ndata: {First}\r\n\r\n" },
        { "carriage returns alone", $"event: snapshot\rdata: {First}\r\revent: heartbeat\rdata: \r\r" },
        { "comments", $": hello\n:\nevent: snapshot\n: in between\ndata: {First}\n\n: bye\n\n" },
        { "data of several lines", $"event: snapshot\n{string.Concat(Document.Of(1).Split('\n').Select(line => $"data: {line.TrimEnd('\r')}\n"))}\n" },
        { "no space after the colon", $"event:snapshot\ndata:{First}\n\n" },
        { "unknown fields", $"event: snapshot\nnovelty: 1\nretry: 1000\nid: 7\ndata: {First}\n\n" },
        { "upper-case fields before", $"EVENT: kill\nDATA: nonsense\n\nevent: snapshot\ndata: {First}\n\n" },
        { "a byte order mark", $"\uFEFFevent: snapshot\ndata: {First}\n\n" },
        { "an event without data before", $"event: snapshot\n\nevent: snapshot\ndata: {First}\n\n" },
        { "a field without colon", $"data\nevent\nnovelty\n\nevent: snapshot\ndata: {First}\n\n" },
        { "a null in the id", $"event: snapshot\nid: a\0b\ndata: {First}\n\n" },
    };

    [Theory]
    [Scenario("P18")]
    [MemberData(nameof(Readable))]
    public async Task P18_StreamIsReadByTheSpecification(string what, string sent)
    {
        Server.Then(new EventFeed().Send(sent).Reply());

        var subject = Follow();
        await subject.VersionAsync(1);

        Server.Served.Should().Be(1, what);
    }

    [Theory]
    [Scenario("P18")]
    [MemberData(nameof(Readable))]
    public async Task P18_StreamMeansTheSameInWhateverPiecesItArrives(string what, string sent)
    {
        var feed = new EventFeed();
        foreach (var one in Encoding.UTF8.GetBytes(sent)) feed.Send([one]);
        Server.Then(feed.Reply());

        var subject = Follow();
        await subject.VersionAsync(1);

        Server.Served.Should().Be(1, what);
    }

    [Fact]
    [Scenario("P18")]
    public async Task P18_FieldNamesInUpperCaseAreOtherNames()
    {
        Server.Then(new EventFeed().Send($"EVENT: snapshot\nDATA: {First}\n\n").Event("snapshot", Document.Of(2).OneLine()).Reply());

        var subject = Follow();
        await subject.VersionAsync(2);

        subject.Logs.Should().NotContain(line => line.Message.Contains("snapshot 1 ", StringComparison.Ordinal));
    }

    [Fact]
    [Scenario("P18")]
    public async Task P18_IdOfTheLastEventIsSentOnReconnect()
    {
        Server.Then(new EventFeed().Event("snapshot", First, "seven").Event("patch", Document.Patch(1, 2), "eight").End().Reply())
            .Then(new EventFeed().Event("patch", Document.Patch(2, 3), "nine").Reply());

        var subject = Follow();
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 3);

        (await Server.RequestAsync())["Last-Event-ID"].Should().BeNull();
        (await Server.RequestAsync())["Last-Event-ID"].Should().Be("eight");
    }

    [Fact]
    [Scenario("P18")]
    public async Task P18_EventOfTenMegabytesIsTakenWhole()
    {
        var flags = string.Concat(Enumerable.Range(0, 5_000).Select(i => $$"""
            "flag-{{i}}": {"type": "string", "variants": {"long": "{{new string('x', 2_000)}}"}, "default": "long"},
            """));
        Server.Then(new EventFeed().Event("snapshot", Document.Of(1, flags: flags).OneLine()).Reply());

        var subject = Follow();
        await subject.VersionAsync(1);

        subject.Client.GetString("flag-4999", Bait.Context, "").Should().HaveLength(2_000);
    }

    [Fact]
    [Scenario("P18")]
    public async Task P18_BytesThatAreNoUtf8AreRefusedAndTheStreamOpenedAnew()
    {
        var bytes = Encoding.UTF8.GetBytes($"event: snapshot\ndata: {First}\n\n");
        bytes[Array.IndexOf(bytes, (byte)'f')] = 0xFF;
        Server.Then(new EventFeed().Event("snapshot", First).Send(bytes).Reply())
            .Then(new EventFeed().Event("snapshot", Document.Of(2).OneLine()).Reply());
        var subject = Follow();

        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        subject.Status.State.Should().Be(FeatureClientState.Ready);
    }
}
