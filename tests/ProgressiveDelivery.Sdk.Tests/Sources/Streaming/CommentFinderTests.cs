using System.Text;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Streaming;

public sealed class CommentFinderTests
{
    [Theory]
    [InlineData(":\n", true)]
    [InlineData(": keep-alive\r\n\r\n", true)]
    [InlineData(":\r", true)]
    [InlineData(": not ended", false)]
    [InlineData("\n\n", false)]
    [InlineData("data: a:b\n\n", false)]
    [InlineData("data: x\n\n:\n", true)]
    [InlineData("data: x\r\n\r\n:\r\n", true)]
    [InlineData("data: x\n:\n", false)]
    [InlineData("data: x\r\n:\r\n", false)]
    [InlineData("data: x\r:\r", false)]
    public void CommentBetweenEventsIsFoundHoweverItIsCut(string sent, bool expected)
    {
        var bytes = Encoding.UTF8.GetBytes(sent);

        new CommentFinder().Find(bytes).Should().Be(expected);
        var cut = new CommentFinder();
        bytes.Aggregate(false, (found, one) => found | cut.Find([one])).Should().Be(expected);
    }
}
