using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Tests.Acceptance;

public sealed class SignedTextsTests
{
    private const int Room = 1024 * 1024;

    private readonly FakeLogger _logger = new();
    private readonly SignedTexts _texts;

    public SignedTextsTests() => _texts = new(_logger, "client");

    [Fact]
    public void PatchesWithoutADocumentAreNotKept()
    {
        _texts.TryAdd([Text(1)]).Should().BeFalse();

        _texts.ToList().Should().BeEmpty();
        _logger.Collector.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(10, Room, 0, true)]
    [InlineData(10, Room, 1, false)]
    [InlineData(2 * Room, 2 * Room, 0, true)]
    [InlineData(2 * Room, 2 * Room, 1, false)]
    public void PatchesMayHaveAsManyBytesAsTheDocumentAndAMebibyteAnyway(int document, int first, int second, bool isKept)
    {
        _texts.Begin(Text(document));
        _texts.TryAdd([Text(first)]).Should().BeTrue();

        _texts.TryAdd([Text(second)]).Should().Be(isKept);

        _texts.ToList().Should().HaveCount(isKept ? 3 : 2);
        _logger.Collector.Count.Should().Be(isKept ? 0 : 1);
    }

    [Fact]
    public void PatchesThatComeTogetherCountTogether()
    {
        _texts.Begin(Text(10));

        _texts.TryAdd([Text(Room / 2), Text((Room / 2) + 1)]).Should().BeFalse();
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void ThousandPatchesAreKept(int patches, bool isKept)
    {
        _texts.Begin(Text(10));

        _texts.TryAdd([.. Enumerable.Repeat(Text(1), patches)]).Should().Be(isKept);
        _texts.TryAdd([Text(1)]).Should().BeFalse();

        _texts.ToList().Should().HaveCount(isKept ? 1_001 : 1);
        _logger.Collector.Count.Should().Be(1, "one warning, however many follow");
    }

    [Fact]
    public void NothingFollowsALostPatchUntilTheNextDocument()
    {
        _texts.Begin(Text(10));
        _texts.TryAdd([Text(Room + 1)]).Should().BeFalse();
        _texts.TryAdd([Text(0)]).Should().BeFalse("a patch is missing before it");

        _texts.Begin(Text(20));

        _texts.TryAdd([Text(Room)]).Should().BeTrue("the room is new, too");
        _texts.ToList().Select(text => text.Bytes.Length).Should().Equal(20, Room);
    }

    private static SignedText Text(int length) => new(new byte[length]);
}
