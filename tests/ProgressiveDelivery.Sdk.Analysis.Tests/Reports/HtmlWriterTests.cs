namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

public sealed class HtmlWriterTests
{
    [Fact]
    public void TextAndAttributesAreEncoded() => Written(html =>
    {
        using (html.Element("p", ("aria-label", "\"<&'>\u202E")))
            html.Text("\"<&'>\u202E");
    }).Should().Be("<p aria-label=\"&quot;&lt;&amp;&#39;&gt;\\u202E\">&quot;&lt;&amp;&#39;&gt;\\u202E</p>");

    [Fact]
    public void StrongTextIsEncodedToo() => Written(html => html.Prose("5 % **<b>**")).Should().Be("5\u00A0% <strong>&lt;b&gt;</strong>");

    [Theory]
    [InlineData("script")]
    [InlineData("style")]
    [InlineData("iframe")]
    public void ForbiddenElementIsRefused(string name) =>
        FluentActions.Invoking(() => Written(html => html.Empty(name))).Should().Throw<InvalidOperationException>().WithMessage($"Element '{name}' must not be in a page.*");

    [Theory]
    [InlineData("style", "color:red")]
    [InlineData("onclick", "x()")]
    [InlineData("src", "x.png")]
    [InlineData("href", "javascript:x")]
    [InlineData("href", "https://example.com")]
    public void ForbiddenAttributeIsRefused(string name, string value) =>
        FluentActions.Invoking(() => Written(html => html.Empty("p", (name, value)))).Should().Throw<InvalidOperationException>().WithMessage($"Attribute '{name}'*");

    [Fact]
    public void LongNameIsCutAndKept()
    {
        var name = new string('n', 201);
        var html = new HtmlWriter(TextWriter.Null);

        html.Name(name);
        html.Name(name);
        html.Name("short");

        html.CutNames.Should().Equal(name);
    }

    private static string Written(Action<HtmlWriter> write)
    {
        using var text = new StringWriter();
        write(new HtmlWriter(text));
        return text.ToString();
    }
}
