using System.Text;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Lines;

public sealed class EventLineParserTests
{
    private const string Rest = "\"id\":\"o\",\"time\":\"1970-01-01T00:00:01Z\",\"unit\":\"u\",\"unitKind\":\"user\",\"metric\":\"m\"";

    private readonly EventLineParser _parser = new(["country"]);

    [Fact]
    public void MembersMayHaveAnyOrderAndEscapes()
    {
        Parse("""{"value":-2.5e1,"metric":"m\u0041","unitKind":"user","unit":"\ud83d\ude80","time":"1970-01-01T00:00:01Z","id":"o","t\u0079pe":"outcome","more":{"a":[1,{}]}}""")
            .IsEvent.Should().BeTrue();

        (_parser.Current.Metric, _parser.Current.Unit, _parser.Current.Value, _parser.Current.Time).Should().Be(("mA", "🚀", -25, 1_000_000));
    }

    [Fact]
    public void OfMembersThatRepeatTheLastOneCounts()
    {
        Parse($$"""{"type":"exposure","value":"x",{{Rest}},"value":1,"value":2,"type":"outcome"}""").IsEvent.Should().BeTrue();

        _parser.Current.Value.Should().Be(2);
    }

    [Theory]
    [InlineData("\"de\"", "de")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("null", null)]
    [InlineData("{\"country\":\"x\"}", null)]
    public void AttributeIsATextAsJsonHasIt(string json, string? expected)
    {
        Parse($$$"""{"type":"outcome",{{{Rest}}},"value":1,"attributes":{"other":"x","country":{{{json}}} } }""").IsEvent.Should().BeTrue();

        _parser.Current.Attributes.Should().Equal(expected);
    }

    [Fact]
    public void AttributesOfTheLineBeforeAreForgotten()
    {
        Parse($$$"""{"type":"outcome",{{{Rest}}},"value":1,"attributes":{"country":"de"}}""");
        Parse($$"""{"type":"outcome",{{Rest}},"value":1}""");

        _parser.Current.Attributes.Should().Equal([null]);
    }

    [Fact]
    public void DepthAndSizeAreNotLimited()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);

        Parse($$"""{"type":"outcome",{{Rest}},"value":1,"deep":{{deep}},"long":"{{new string('x', 3_000_000)}}"}""").IsEvent.Should().BeTrue();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"{}\"")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("{'type':'outcome'}")]
    [InlineData("{\"value\":NaN}")]
    [InlineData("{\"value\":01}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1}//")]
    [InlineData("{\"a\":\"\0\"}")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("\uFEFF{}")]
    public void OtherThanAJsonObjectIsAnInvalidLine(string line) => Parse(line).Rule.Should().Be(EventFaultRule.InvalidLine);

    [Fact]
    public void OtherThanUtf8IsAnInvalidLine() =>
        _parser.Parse([.. Encoding.UTF8.GetBytes($$"""{"type":"outcome",{{Rest}},"value":1,"x":" """), 0xFF, .. "\"}"u8]).Rule.Should().Be(EventFaultRule.InvalidLine);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":1}")]
    [InlineData("{\"type\":\"Exposure\"}")]
    [InlineData("{\"type\":\"exposureCount\"}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public void OtherTypeIsUnknown(string line) => Parse(line).Rule.Should().Be(EventFaultRule.UnknownType);

    [Theory]
    [InlineData("\"value\":\"1\"", "'value' is not a finite number.")]
    [InlineData("\"value\":\"NaN\"", "'value' is not a finite number.")]
    [InlineData("\"value\":1e999", "'value' is not a finite number.")]
    [InlineData("\"value\":null", "'value' is not a finite number.")]
    [InlineData("\"value\":[1]", "'value' is not a finite number.")]
    [InlineData("\"x\":1", "'value' is missing.")]
    [InlineData("\"value\":1,\"unit\":\"\"", "'unit' is empty.")]
    [InlineData("\"value\":1,\"unit\":5", "'unit' is not a text.")]
    [InlineData("\"value\":1,\"unit\":\"\\ud800\"", "'unit' is not a text.")]
    [InlineData("\"value\":1,\"unitKind\":null", "'unitKind' is not a text.")]
    [InlineData("\"value\":1,\"id\":\"\"", "'id' is empty.")]
    [InlineData("\"value\":1,\"metric\":\"\"", "'metric' is empty.")]
    [InlineData("\"value\":1,\"time\":\"1970-01-01T00:00:00\"", "'time' is not ISO 8601 with 'Z' or an offset, such as '2026-03-02T08:00:00Z'.")]
    public void OutcomeWithABadMemberIsInvalid(string members, string reason) =>
        Parse($$"""{"type":"outcome",{{Rest}},{{members}}}""").Should().Be(LineVerdict.Invalid(reason));

    [Theory]
    [InlineData("flag")]
    [InlineData("experiment")]
    [InlineData("variant")]
    public void ExposureWithoutAMemberIsInvalid(string member)
    {
        var line = $$"""{"type":"exposure",{{Rest}},"flag":"f","experiment":"e","variant":"v"}""";
        Parse(line).IsEvent.Should().BeTrue();

        Parse(line.Replace($"\"{member}\"", "\"x\"", StringComparison.Ordinal)).Should().Be(LineVerdict.Invalid($"'{member}' is missing."));
    }

    private LineVerdict Parse(string line) => _parser.Parse(Encoding.UTF8.GetBytes(line));
}
