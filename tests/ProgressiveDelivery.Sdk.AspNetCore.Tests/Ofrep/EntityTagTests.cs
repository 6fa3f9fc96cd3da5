using System.Net;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep;

/// <summary>Answers about all flags that a caller has already.</summary>
public sealed class EntityTagTests
{
    [Fact]
    public async Task SameAnswersHaveTheSameStrongTagOverVersionsAndRestarts()
    {
        await using var app = await OfrepApp.StartAsync();
        await using var other = await OfrepApp.StartAsync();

        var first = await app.AskAllAsync();
        await app.App.PublishAsync(2, OfrepApp.Flags);
        var second = await app.AskAllAsync();

        first.Headers.ETag!.IsWeak.Should().BeFalse();
        first.Headers.CacheControl!.ToString().Should().Be("no-cache, private");
        second.Headers.ETag.Should().Be(first.Headers.ETag);
        second.Text.Should().Be(first.Text);
        (await other.AskAllAsync()).Headers.ETag.Should().Be(first.Headers.ETag);
        (await app.AskAllAsync("""{"context": {"targetingKey": "ann", "country": "NL"}}""")).Headers.ETag.Should().NotBe(first.Headers.ETag);
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("W/{0}", true)]
    [InlineData("\"a\", W/\"b\", {0}", true)]
    [InlineData("*", true)]
    [InlineData("\"a\"", false)]
    [InlineData("", false)]
    [InlineData("not a tag", false)]
    public async Task NamedAnswersAreNotSentAgain(string known, bool isNotModified)
    {
        await using var app = await OfrepApp.StartAsync();
        var tag = (await app.AskAllAsync()).Headers.ETag!.Tag;

        var again = await app.AskAllAsync(headers: ("If-None-Match", string.Format(System.Globalization.CultureInfo.InvariantCulture, known, tag)));

        again.Status.Should().Be(isNotModified ? HttpStatusCode.NotModified : HttpStatusCode.OK);
        again.Text.Length.Should().Be(isNotModified ? 0 : (await app.AskAllAsync()).Text.Length);
        again.Headers.ETag!.Tag.Should().Be(tag);
    }

    [Fact]
    public async Task ChangedAnswersAreSentWhateverAnEventSaidOfThem()
    {
        await using var app = await OfrepApp.StartAsync();
        var tag = (await app.AskAllAsync()).Headers.ETag!.Tag;
        await app.App.PublishAsync(2, OfrepApp.Flags.Replace("\"half\": 0.5", "\"half\": 0.6", StringComparison.Ordinal));

        var again = await app.PostAsync(OfrepApp.All + "?flagConfigEtag=abc&flagConfigLastModified=1771622898", """{"context": {"targetingKey": "ann"}}""", headers: ("If-None-Match", tag));

        again.Status.Should().Be(HttpStatusCode.OK);
        ((double?)again.Flag("ratio")!["value"]).Should().Be(0.6);
    }
}
