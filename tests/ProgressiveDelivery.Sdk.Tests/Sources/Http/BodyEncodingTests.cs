using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Tests.Support;
using Outcome = ProgressiveDelivery.Sdk.Sources.Http.BodyEncoding.Outcome;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

/// <summary>Bodies are decoded as .NET's own client decodes them, and a missing end is noticed besides.</summary>
public sealed class BodyEncodingTests : IDisposable
{
    // The framework writes none for no content before .NET 9.
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"version": 1, "padding": "{{new string('x', 100)}} {{Guid.Empty}}"}""");

    private readonly ScriptedHttpServer _server = new();
    private readonly PlainHttpClients _clients = new();

    public void Dispose()
    {
        _server.Dispose();
        _clients.Dispose();
    }

    public static TheoryData<string, byte[]> SoundGzip => new()
    {
        { "two members", [.. Reply.Gzip(Body[..50]), .. Reply.Gzip(Body[50..])] },
        { "a member for each byte", [.. Body.SelectMany(one => Reply.Gzip([one]))] },
        { "an empty member between", [.. Reply.Gzip(Body[..9]), .. EmptyMember, .. Reply.Gzip(Body[9..])] },
        { "an empty member last", [.. Reply.Gzip(Body), .. EmptyMember] },
        { "zeros after it", [.. Reply.Gzip(Body), .. new byte[512]] },
        { "one zero after it", [.. Reply.Gzip(Body), 0] },
        { "zeros after two", [.. Reply.Gzip(Body[..50]), .. Reply.Gzip(Body[50..]), .. new byte[9_000]] },
        { "something else after it", [.. Reply.Gzip(Body), .. "\r\n"u8] },
        { "all that a header can have", WithHeader(Reply.Gzip(Body), flags: 0x1F, [3, 0, 1, 2, 3, .. "name\0comment\0"u8]) },
        { "a header for people in the second", [.. Reply.Gzip(Body[..7]), .. WithHeader(Reply.Gzip(Body[7..]), flags: 0x08, [.. "part-2.json\0"u8])] },
    };

    [Theory]
    [MemberData(nameof(SoundGzip))]
    public async Task GzipIsReadAsTheFrameworkReadsIt(string what, byte[] sent)
    {
        using var framework = new MemoryStream();
        await new GZipStream(new MemoryStream(sent), CompressionMode.Decompress).CopyToAsync(framework);
        framework.ToArray().Should().Equal(Body, what);
        _server.Then(Reply.Ok(sent, "Content-Encoding: gzip")).Then(Reply.Ok(sent, "Content-Encoding: x-gzip"));

        (await ReadAsync()).Should().Equal(Body);
        (await ReadAsync()).Should().Equal(Body);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100_000)]
    public void GzipThatIsCutOffAnywhereIsBroken(int length)
    {
        var (first, second) = (Noise(length), Noise(length + 1));
        byte[] sent = [.. Reply.Gzip(first), .. Reply.Gzip(second)];
        var whole = Reply.Gzip(first).Length;

        foreach (var cut in Enumerable.Range(0, sent.Length).Where(cut => cut != whole && (sent.Length < 1_000 || cut % 4_999 == 0 || Math.Abs(cut - whole) < 30 || cut > sent.Length - 30)))
            DecodeGzip(sent[..cut]).Outcome.Should().Be(Outcome.Broken, $"{cut} bytes of {sent.Length} came");
        var (outcome, body) = DecodeGzip(sent);
        outcome.Should().Be(Outcome.Whole);
        body.Should().Equal(first.Concat(second));
    }

    [Fact]
    public void GzipWithAnyByteChangedIsNeverTakenForAnother()
    {
        byte[] sent = [.. Reply.Gzip(Body[..60]), .. Reply.Gzip(Body[60..])];
        for (var at = 0; at < sent.Length; at++)
        {
            var changed = sent.ToArray();
            changed[at] ^= 0x10;
            var (outcome, text) = DecodeGzip(changed);
            if (outcome == Outcome.Whole)
                (text.AsSpan().SequenceEqual(Body) || text.AsSpan().SequenceEqual(Body.AsSpan(0, 60))).Should().BeTrue("only what says nothing, or the second magic number, was changed");
        }
    }

    [Fact]
    public void MembersWithoutEndAreBounded()
    {
        var empty = EmptyMember;
        var sent = new byte[empty.Length * 70_000];
        for (var i = 0; i < 70_000; i++)
            empty.CopyTo(sent, i * empty.Length);

        DecodeGzip(sent).Outcome.Should().Be(Outcome.Broken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeflateIsReadInBothOfItsForms(bool isZlib)
    {
        var sent = Compress(Body, stream => isZlib ? new ZLibStream(stream, CompressionLevel.Optimal) : new DeflateStream(stream, CompressionLevel.Optimal));
        _server.Then(Reply.Ok(sent, "Content-Encoding: deflate"));
        (await ReadAsync()).Should().Equal(Body);

        for (var cut = 1; cut < sent.Length; cut++)
        {
            _server.Then(Reply.Ok(sent[..cut], "Content-Encoding: deflate"));
            (await FaultAsync()).Message.Should().Contain("ends in the middle", $"{cut} bytes of {sent.Length} came");
        }
    }

    [Theory]
    [InlineData("Content-Encoding: gzip, br")]
    [InlineData("Content-Encoding: gzip\r\nContent-Encoding: br")]
    [InlineData("Content-Encoding: identity, GZIP,, Br")]
    public async Task SeveralEncodingsAreUndoneFromTheLastToTheFirst(string header)
    {
        _server.Then(Reply.Ok(Reply.Brotli(Reply.Gzip(Body)), header));

        (await ReadAsync()).Should().Equal(Body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task EmptyBodyIsEmptyHoweverItIsEncoded(string encoding)
    {
        _server.Then(Reply.Ok([], $"Content-Encoding: {encoding}"));

        (await FaultAsync()).Message.Should().Contain("an empty body");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task BrowserHasDecodedTheBodyWhateverTheHeaderSays(string encoding)
    {
        _server.Then(Reply.Ok(Body, $"Content-Encoding: {encoding}"));

        (await ReadAsync(options => options.IsInBrowser = true)).Should().Equal(Body);

        var request = await _server.RequestAsync();
        request["Accept-Encoding"].Should().BeNull("a browser sets it");
        request["User-Agent"].Should().BeNull();
        request["Accept"].Should().Be("application/json");
    }

    [Fact]
    public void OutsideABrowserItIsNotOne() => new HttpSourceOptions().IsInBrowser.Should().BeFalse();

    private static (Outcome Outcome, byte[] Text) DecodeGzip(byte[] sent)
    {
        using var from = new BoundedBuffer(sent.Length);
        using var to = new BoundedBuffer(1_000_000);
        foreach (var one in sent)
        {
            from.Free().Span[0] = one;
            from.TryAdvance(1);
        }

        return (GzipMembers.Decode(from, to), to.ToArray());
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        return noise;
    }

    // Behind the fixed part of a header.
    private static byte[] WithHeader(byte[] gzip, byte flags, byte[] fields)
    {
        const int checksum = 2;
        byte[] header = [.. gzip[..3], flags, .. gzip[4..10], .. fields];
        return [.. header, .. (flags & checksum) != 0 ? Crc32.Hash(header)[..2] : [], .. gzip[10..]];
    }

    private static byte[] Compress(byte[] body, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(body);
        return compressed.ToArray();
    }

    private async Task<byte[]> ReadAsync(Action<HttpSourceOptions>? configure = null) =>
        (await Source(configure).ReadAsync(default)).Document!.Value.ToArray();

    private async Task<SnapshotSourceException> FaultAsync() =>
        (await FluentActions.Awaiting(() => Source(null).ReadAsync(default).AsTask()).Should().ThrowExactlyAsync<SnapshotSourceException>()).Which;

    private HttpSnapshotSource Source(Action<HttpSourceOptions>? configure)
    {
        var options = new HttpSourceOptions { Address = _server.Address };
        options.UseResilience(_ => { });
        configure?.Invoke(options);
        return new(new(options), new VersionOnlyFormat(), _clients, new FakeTimeProvider(), new(1));
    }
}
