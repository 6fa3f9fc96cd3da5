using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.Pages;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

public sealed class QuotedTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-30T14:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("country in [\"NL\", \"BE\"]", "country is one of [NL], [BE]")]
    [InlineData("email endsWith '@example.com'", "email ends with [@example.com]")]
    [InlineData("appVersion semver '>=4.1.0'", "appVersion is a version [>=4.1.0]")]
    [InlineData("in segment 'before '", "in segment [before ]")]
    [InlineData("age atLeast 18", "age is at least 18")]
    [InlineData("6 of 1,155,000 outcomes of 'a,123'", "6 of 1\u202F155\u202F000 outcomes of [a,123]")]
    [InlineData("1 % from 2026-11-30T18:00:00Z of key", "1 % from 18:00\u00A0UTC of key")]
    [InlineData("from 2026-99-99T18:00:00Z", "from 2026-99-99T18:00:00Z")]
    [InlineData("it's", "it's")]
    public void SentencesAreForPeople(string sentence, string words)
    {
        using var text = new StringWriter();
        new HtmlWriter(text, isServed: true).Words(sentence, Now);

        var marked = text.ToString().Replace("<code class=\"chip\">", "[", StringComparison.Ordinal).Replace("</code>", "]", StringComparison.Ordinal);
        System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(marked, "<[^>]*>", "")).Should().Be(words);
    }
}
