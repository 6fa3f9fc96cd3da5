namespace ProgressiveDelivery.Sdk.Tests.Json;

public class MalformedFlagTests
{
    [Theory]
    [InlineData("\"text\"")]
    [InlineData("\"String\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void UnknownTypeIsMalformed(string type)
    {
        var result = Documents.ReadFlags($$""" "f": { "type": {{type}}, "variants": { "a": "A" } } """);

        result.ShouldBeMalformed("PD1102").Path.Should().Be("$.flags['f'].type");
    }

    [Theory]
    [InlineData("boolean", "\"true\"")]
    [InlineData("boolean", "1")]
    [InlineData("string", "false")]
    [InlineData("string", "null")]
    [InlineData("string", "\"\\ud83d\"")]
    [InlineData("integer", "1.5")]
    [InlineData("integer", "\"1\"")]
    [InlineData("integer", "9223372036854775808")]
    [InlineData("integer", "1.00000000000000000000000000000000001")]
    [InlineData("number", "1e400")]
    [InlineData("number", "\"NaN\"")]
    [InlineData("json", "null")]
    public void VariantOfAnotherKindIsMalformed(string type, string value)
    {
        var result = Documents.ReadFlags($$""" "f": { "type": "{{type}}", "variants": { "a": {{value}} } } """);

        result.ShouldBeMalformed("PD1103").Path.Should().Be("$.flags['f'].variants['a']");
    }

    [Theory]
    [InlineData("\"enabled\": 1", "$.flags['f'].enabled")]
    [InlineData("\"offVariant\": true", "$.flags['f'].offVariant")]
    [InlineData("\"clientVisible\": \"yes\"", "$.flags['f'].clientVisible")]
    [InlineData("\"metadata\": []", "$.flags['f'].metadata")]
    [InlineData("\"requires\": {}", "$.flags['f'].requires")]
    [InlineData("\"requires\": [ \"g\" ]", "$.flags['f'].requires[0]")]
    [InlineData("\"requires\": [ { \"variants\": [] } ]", "$.flags['f'].requires[0]")]
    [InlineData("\"requires\": [ { \"flag\": \"g\" } ]", "$.flags['f'].requires[0]")]
    [InlineData("\"requires\": [ { \"flag\": \"g\", \"variants\": \"on\" } ]", "$.flags['f'].requires[0].variants")]
    [InlineData("\"requires\": [ { \"flag\": \"g\", \"variants\": [ 1 ] } ]", "$.flags['f'].requires[0].variants")]
    [InlineData("\"rules\": {}", "$.flags['f'].rules")]
    [InlineData("\"rules\": [ { \"serve\": \"yes\" }, null ]", "$.flags['f'].rules[1]")]
    [InlineData("\"rules\": [ { \"id\": 1, \"serve\": \"yes\" } ]", "$.flags['f'].rules[0].id")]
    public void WrongFormIsMalformed(string members, string path) =>
        Documents.ReadFlag(members).ShouldBeMalformed("PD1101").Path.Should().Be(path);

    [Theory]
    [InlineData("[]", "$.flags['f'].variants")]
    [InlineData("null", "$.flags['f']")]
    public void VariantsThatAreNoObjectAreMalformed(string variants, string path) =>
        Documents.ReadFlags($$""" "f": { "type": "string", "variants": {{variants}} } """).ShouldBeMalformed("PD1101").Path.Should().Be(path);

    [Fact]
    public void FlagThatIsNoObjectIsMalformed() => Documents.ReadFlags(""" "f": "on" """).ShouldBeMalformed("PD1101").Path.Should().Be("$.flags['f']");

    [Fact]
    public void OneMalformedFlagCostsNoOther()
    {
        var result = Documents.ReadFlags(""" "a": { "type": "boolean", "variants": { "on": true } }, "b": [], "c": { "type": "boolean", "variants": { "on": true } } """);

        result.Definition!.Flags.Select(flag => flag.Defect is null).Should().Equal(true, false, true);
    }

    [Fact]
    public void AllFaultsOfAFlagAreReportedAndTheFirstIsItsDefect()
    {
        var result = Documents.ReadFlag(""" "enabled": 1, "rules": [ { }, { "when": {}, "serve": "yes" }, { "serve": 5 } ] """);

        result.Diagnostics.Select(diagnostic => diagnostic.Path).Should().Equal(
            "$.flags['f'].enabled", "$.flags['f'].rules[0]", "$.flags['f'].rules[1].when", "$.flags['f'].rules[2].serve");
        result.Flag().Defect.Should().Be(result.Diagnostics[0]);
    }

    [Fact]
    public void WhatCouldBeReadOfAMalformedFlagIsKept()
    {
        var result = Documents.ReadFlag(""" "enabled": 1, "requires": [ { "flag": "g", "variants": ["on"] } ], "rules": [ { "serve": "yes" } ] """);

        result.Flag().Requires.Should().ContainSingle().Which.Flag.Should().Be("g");
        result.Flag().Rules.Should().ContainSingle();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"include\": \"u-1\" }")]
    [InlineData("{ \"include\": [ 7 ] }")]
    [InlineData("{ \"exclude\": [ null ] }")]
    [InlineData("{ \"when\": {} }")]
    [InlineData("{ \"by\": 1 }")]
    [InlineData("{ \"by\": [ 1 ] }")]
    public void MalformedSegmentCarriesItsDefect(string segment)
    {
        var result = Documents.Read(Documents.With($$""" "flags": {}, "segments": { "s": {{segment}} } """));

        var diagnostic = result.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Path.Should().StartWith("$.segments['s']");
        diagnostic.Message.Should().StartWith("Segment 's'");
        result.Definition!.Segments[0].Defect.Should().Be(diagnostic);
    }

    [Theory]
    [InlineData("\"layers\": { \"x\": 1 }")]
    [InlineData("\"layers\": { \"x\": { \"by\": 1 } }")]
    [InlineData("\"layers\": { \"x\": { \"salt\": 1 } }")]
    public void MalformedLayerCarriesItsDefect(string members)
    {
        var result = Documents.Read(Documents.With(members + ", \"flags\": {}"));

        result.Definition!.Layers[0].Defect.Should().Be(result.Diagnostics.Should().ContainSingle().Subject);
    }

    [Theory]
    [InlineData("\"holdouts\": { \"x\": [] }")]
    [InlineData("\"holdouts\": { \"x\": {} }")]
    [InlineData("\"holdouts\": { \"x\": { \"percent\": \"5\" } }")]
    public void MalformedHoldoutCarriesItsDefect(string members)
    {
        var result = Documents.Read(Documents.With(members + ", \"flags\": {}"));

        result.Definition!.Holdouts[0].Defect.Should().Be(result.Diagnostics.Should().ContainSingle().Subject);
    }

    [Fact]
    public void DiagnosticsOfAHostileDocumentAreBounded()
    {
        var rules = string.Join(",", Enumerable.Repeat("{}", 900));
        var flags = string.Join(",", Enumerable.Range(0, 20).Select(i => $$""" "f{{i}}": { "type": "boolean", "variants": {}, "rules": [ {{rules}} ] } """));

        var result = Documents.ReadFlags(flags);

        result.Definition!.Flags.Should().OnlyContain(flag => flag.Defect != null);
        result.Diagnostics.Count.Should().BeLessThan(1_100);
    }

    [Fact]
    public void ValuesInMessagesAreCutAndOnOneLine()
    {
        var result = Documents.ReadFlag($$""" "enabled": "{{new string('x', 1000)}}", "clientVisible": "a\nb" """);

        result.Diagnostics.Should().HaveCount(2).And.OnlyContain(diagnostic => diagnostic.Message.Length < 250 && !diagnostic.Message.Contains('\n'));
    }
}
