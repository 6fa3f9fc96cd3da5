using System.Text;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Streaming;

public class EventConnectionTests
{
    private const string Everything =
        "\uFEFF: hello\r\n\r\n"
        + "event: snapshot\r\nid: 1\r\ndata: {\"a\":\r\ndata:1}\r\n\r\n"
        + "retry: 1500\n: comment\nevent: heartbeat\ndata:\n\n"
        + "id: 2\nevent: patch\ndata: é😀\nunknown: field\n\n"
        + "EVENT: snapshot\nDATA: x\nevent: kill\ndata:  two spaces\n\n"
        + "event: snapshot\ndata: cut off";

    private static readonly string[] Read =
        ["snapshot #1 {\"a\":\n1}", "heartbeat #1 ", "patch #2 é😀", "kill #2  two spaces"];

    [Fact]
    public async Task EventsAreTheSameWhereverTheBytesAreSplit()
    {
        var bytes = Encoding.UTF8.GetBytes(Everything);

        for (var i = 0; i <= bytes.Length; i++)
            (await AllOf(new PieceStream([bytes[..i], bytes[i..]]))).Should().Equal(Read, "split at {0}", i);
        (await AllOf(PieceStream.Single(bytes))).Should().Equal(Read);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task EveryLineEndOfTheSpecificationEndsALine(string end)
    {
        var text = $"event: snapshot{end}data: a{end}data: b{end}{end}event: snapshot{end}data: c{end}{end}";

        (await AllOf(text)).Should().Equal("snapshot # a\nb", "snapshot # c");
        (await AllOf(PieceStream.Single(Encoding.UTF8.GetBytes(text)))).Should().Equal("snapshot # a\nb", "snapshot # c");
    }

    [Fact]
    public async Task FieldNamesAreCaseSensitive() =>
        (await AllOf("Event: snapshot\nEVENT: snapshot\nData: x\nID: 7\n\n")).Should().BeEmpty();

    [Fact]
    public async Task EventWithoutTypeIsAMessage() => (await AllOf("data: x\n\n")).Should().Equal("message # ");

    [Fact]
    public async Task EventWithoutDataIsNone() => (await AllOf("event: heartbeat\n\n")).Should().BeEmpty();

    [Fact]
    public async Task OneSpaceAfterTheColonBelongsToTheField() =>
        (await AllOf("event:snapshot\ndata:a\ndata: b\ndata:  c\ndata\n\n")).Should().Equal("snapshot # a\nb\n c\n");

    [Fact]
    public async Task IdStaysUntilAnotherComesAndOneWithNulIsNone() =>
        (await AllOf("id: 1\ndata:\n\ndata:\n\nid: 2\0\ndata:\n\nid\ndata:\n\n")).Should().Equal("message #1 ", "message #1 ", "message #1 ", "message # ");

    [Fact]
    public async Task IdCountsFromItsOwnEventOn()
    {
        using var connection = await Open(Stream("id: 1\nevent: snapshot\ndata: a\n\nid: 2\nevent: snapshot\ndata: b\n\nid: 3\n"));

        (await connection.NextAsync(default))!.Value.Id.Should().Be("1");
        (await connection.NextAsync(default))!.Value.Id.Should().Be("2");
    }

    [Fact]
    public async Task BytesThatAreNoUtf8AreLeftToTheReader()
    {
        using var connection = await Open(new PieceStream(["event: snapshot\ndata: "u8.ToArray(), [0xFF, 0xFE], "\n\n"u8.ToArray()]));

        (await connection.NextAsync(default))!.Value.Data.Should().Equal(0xFF, 0xFE);
    }

    [Fact]
    public async Task RetryIsWhatTheBackendAsksFor()
    {
        using var connection = await Open(Stream("retry: 2500\n\n"));
        connection.RetryAfter.Should().BeNull();

        (await connection.NextAsync(default)).Should().BeNull();

        connection.RetryAfter.Should().Be(TimeSpan.FromMilliseconds(2500));
    }

    [Theory]
    [InlineData(1_000_000, false)]
    [InlineData(1_000_001, true)]
    public async Task EventOverTheLimitIsRefused(int length, bool isRefused)
    {
        // Among others, since what belongs to its neighbors does not count.
        var text = $"event: kill\ndata: 1\n\nevent: snapshot\ndata: {new string('x', length)}\n\nevent: kill\ndata: 2\n\n";

        var all = () => AllOf(text, 1_000_030);
        var tight = () => AllOf(text, 1_000_000);

        (await all()).Should().HaveCount(3);
        if (isRefused) (await tight.Should().ThrowExactlyAsync<SnapshotSourceException>()).WithMessage("*more than 1000000 bytes*Limits.MaxBytes*");
    }

    [Theory]
    [InlineData("event: snapshot\ndata: ", "x")]
    [InlineData("event: snapshot\n", "data: x\n")]
    [InlineData("id: ", "1")]
    public async Task EndlessEventIsRefusedOnceTheLimitIsReached(string start, string repeated)
    {
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeated, 1000)));
        var endless = new PieceStream(Enumerable.Repeat(piece, 10_000).Prepend(Encoding.UTF8.GetBytes(start)));
        using var connection = await Open(endless, 100_000);

        var next = () => connection.NextAsync(default).AsTask();

        (await next.Should().ThrowExactlyAsync<SnapshotSourceException>()).Which.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
        endless.Count.Should().BeLessThan(120_000);
    }

    private static PieceStream Stream(string text) => new([Encoding.UTF8.GetBytes(text)]);

    private static Task<List<string>> AllOf(string text, int limit = 100_000) => AllOf(Stream(text), limit);

    private static async Task<List<string>> AllOf(PieceStream bytes, int limit = 100_000)
    {
        using var connection = await Open(bytes, limit);
        var events = new List<string>();
        while (await connection.NextAsync(default) is { } next)
            events.Add($"{next.Type} #{next.Id} {Encoding.UTF8.GetString(next.Data)}");
        return events;
    }

    private static ValueTask<EventConnection> Open(Stream bytes, int limit = 100_000) =>
        EventConnection.OpenAsync(new() { Content = new StreamContent(bytes) }, isResumed: false, new(limit, StreamEvent.HasData), new HttpFaults("test"), default);
}
