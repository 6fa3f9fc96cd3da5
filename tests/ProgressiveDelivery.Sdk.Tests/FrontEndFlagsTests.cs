using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests;

public sealed class FrontEndFlagsTests
{
    private static readonly EvaluationContext User = new("u");

    [Fact]
    public void OnlyClientVisibleFlagsThatServeAreShown()
    {
        var flags = Some.Snapshot(
            Some.Text("shown", "a") with { ClientVisible = true },
            Some.Text("hidden", "secret"),
            Some.Flag("nothing") with { ClientVisible = true, Default = null },
            Some.Flag("off") with { ClientVisible = true, Enabled = false, OffVariant = "off" },
            Some.Flag("malformed") with { ClientVisible = true, Default = "none" }).Open();

        var seen = new List<string>();
        foreach (var flag in flags.GetFrontEndFlags(User))
            seen.Add($"{flag.Key} {flag.Type} {flag.Variant} {flag.Reason}");

        seen.Should().Equal("shown String a Default", "off Boolean off Off");
        flags.GetFrontEndFlags(User).ToJson().Should().NotContain("secret");
    }

    [Fact]
    public void EachTypeIsWrittenAsItsJson()
    {
        var flags = Some.Snapshot([.. new[]
        {
            Some.Flag("boolean") with { Default = "on" }, Some.Text("string", "é\n"), Some.Of("integer", FlagType.Integer, long.MaxValue),
            Some.Of("number", FlagType.Number, 0.1), Some.Of("json", FlagType.Json, VariantValue.Json("""{ "a": [ 1, null, 1e2 ] }""")),
        }.Select(flag => flag with { ClientVisible = true })]).Open();

        using var json = JsonDocument.Parse(flags.GetFrontEndFlags(User).ToJson());

        json.RootElement.GetProperty("version").GetInt64().Should().Be(1);
        Value("boolean").GetBoolean().Should().BeTrue();
        Value("string").GetString().Should().Be("é\n");
        Value("integer").GetInt64().Should().Be(long.MaxValue);
        Value("number").GetDouble().Should().Be(0.1);
        Value("json").GetProperty("a")[2].GetDouble().Should().Be(100);
        json.RootElement.GetProperty("flags").GetProperty("json").GetProperty("reason").GetString().Should().Be("Default");

        JsonElement Value(string flag) => json.RootElement.GetProperty("flags").GetProperty(flag).GetProperty("value");
    }

    [Fact]
    public void TypeOfAJsonFlagAndASecondFacetAreWritten()
    {
        var flags = Some.Snapshot(
            Some.Of("json", FlagType.Json, VariantValue.Json("\"a\"")) with { ClientVisible = true },
            Some.Text("facet", "v") with { ClientVisible = true, Variants = [new() { Name = "v", Value = "b", Enabled = false }] }).Open();

        flags.GetFrontEndFlags(User).ToJson().Should()
            .Contain("""{"value":"a","type":"json","variant":""").And.Contain("""{"value":"b","enabled":false,"variant":""");
    }

    [Fact]
    public void JsonIsSafeInsideAScriptElement()
    {
        const string breakOut = "</script><script>alert('x')&amp;<!--";
        var flags = Some.Snapshot([.. new[]
        {
            Some.Of(breakOut + " key", FlagType.String, new VariantDefinition { Name = breakOut, Value = breakOut }),
            Some.Of("json", FlagType.Json, VariantValue.Json($$"""{ "{{breakOut}}": [ "{{breakOut}}" ] }""")),
        }.Select(flag => flag with { ClientVisible = true })]).Open();

        var json = flags.GetFrontEndFlags(User).ToJson();

        json.Should().NotContainAny("<", ">", "&", "'");
        JsonDocument.Parse(json).RootElement.GetProperty("flags").GetProperty("json").GetProperty("value").GetProperty(breakOut)[0].GetString().Should().Be(breakOut);
    }

    [Fact]
    public void TextThatIsNoUnicodeIsStillWritten()
    {
        (Some.Of("json", FlagType.Json, VariantValue.Json("""[ "\\ud800" ]""")) with { ClientVisible = true }).Open().GetFrontEndFlags(User).ToJson().Should().Contain("ud800");

        var flags = (Some.Of("\uD800", FlagType.String, new VariantDefinition { Name = "\uDC00", Value = "\uD800x" }) with { ClientVisible = true }).Open();

        var json = flags.GetFrontEndFlags(User).ToJson();

        JsonDocument.Parse(json).RootElement.GetProperty("flags").EnumerateObject().Should().ContainSingle();
    }
}
