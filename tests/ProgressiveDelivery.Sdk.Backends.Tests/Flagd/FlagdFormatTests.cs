using System.Text;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using static ProgressiveDelivery.Sdk.Backends.Tests.Flagd.FlagdDocumentText;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Flagd;

public sealed class FlagdFormatTests
{
    [Fact]
    public void FlagWithoutTargetingServesItsDefault()
    {
        var flag = Read(WithTargeting("{}")).Definition!.Flags[0];

        flag.Should().BeEquivalentTo(new { Key = "flag", Type = FlagType.String, Enabled = true, Default = new VariantOutcome("a"), Defect = (object?)null });
        flag.Rules.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{\"on\":true,\"off\":false}", FlagType.Boolean)]
    [InlineData("{\"a\":\"x\"}", FlagType.String)]
    [InlineData("{\"a\":1,\"b\":2.0,\"c\":1e3}", FlagType.Integer)]
    [InlineData("{\"a\":1,\"b\":2.5}", FlagType.Number)]
    [InlineData("{\"a\":{\"x\":1},\"b\":{}}", FlagType.Json)]
    public void TypeIsThatOfTheVariants(string variants, FlagType type) =>
        Read("{\"flags\":{\"f\":{\"state\":\"ENABLED\",\"variants\":" + variants + "}}}").Definition!.Flags[0].Type.Should().Be(type);

    [Fact]
    public void DisabledFlagServesNothingAndKeepsItsMetadata()
    {
        var flag = Read("""
            {"metadata":{"set":"s","owner":"set"},"flags":{"f":{"state":"DISABLED","variants":{"on":true},"defaultVariant":"on","metadata":{"owner":"flag"}}}}
            """).Definition!.Flags[0];

        flag.Enabled.Should().BeFalse();
        flag.OffVariant.Should().BeNull();
        flag.Metadata.ToDictionary(note => note.Key, note => note.Value.GetString()).Should().BeEquivalentTo(new Dictionary<string, string> { ["set"] = "s", ["owner"] = "flag" });
    }

    [Theory]
    [InlineData("{\"nobody_knows\":[1]}", "'nobody_knows'")]
    [InlineData("{\"if\":[{\"==\":[1,2]},\"a\",{\"log\":\"b\"}]}", "'log'")]
    [InlineData("{\"if\":[{\"$ref\":\"gone\"},\"a\"]}", "'gone'")]
    [InlineData("{\"if\":[{\"$ref\":\"nested\"},\"a\"]}", "refers to another")]
    public void TargetingThatMakesNoSenseQuarantinesItsFlagAlone(string targeting, string message)
    {
        var (definition, diagnostics) = Read(WithTargeting(targeting, """{"nested":{"$ref":"plain"},"plain":true}"""));

        definition!.Flags[0].Defect!.Message.Should().Contain(message);
        definition.Flags[1].Defect.Should().BeNull();
        diagnostics.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "PD1101", Severity = DiagnosticSeverity.Error, Path = "$.flags['flag'].targeting" });
    }

    [Theory]
    [InlineData("17", "it is a number")]
    [InlineData("{\"state\":\"ENABLED\"}", "'variants'")]
    [InlineData("{\"state\":\"ENABLED\",\"variants\":{}}", "'variants'")]
    [InlineData("{\"state\":\"on\",\"variants\":{\"a\":1}}", "'state'")]
    [InlineData("{\"variants\":{\"a\":1}}", "'state'")]
    [InlineData("{\"state\":\"ENABLED\",\"variants\":{\"a\":null}}", "variant 'a'")]
    [InlineData("{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"defaultVariant\":7}", "'defaultVariant'")]
    public void BrokenFlagIsQuarantinedAlone(string flag, string message)
    {
        var (definition, diagnostics) = Read("{\"flags\":{\"flag\":" + flag + ",\"other\":" + Flag("{}") + "}}");

        definition!.Flags.Single(read => read.Key == "flag").Defect!.Message.Should().Contain(message);
        definition.Flags.Single(read => read.Key == "other").Defect.Should().BeNull();
        diagnostics.Should().ContainSingle();
    }

    [Fact]
    public void DefaultVariantThatIsNotThereRefusesTheDocument()
    {
        var (definition, diagnostics) = Read("{\"flags\":{\"other\":" + Flag("{}") + ",\"f\":{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"defaultVariant\":\"b\"}}}");

        definition.Should().BeNull();
        diagnostics.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "PD1104", Severity = DiagnosticSeverity.Fatal, Path = "$.flags['f'].defaultVariant" });
    }

    [Fact]
    public void NullDefaultVariantServesNothing() =>
        Read("{\"flags\":{\"f\":{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"defaultVariant\":null}}}").Definition!.Flags[0].Default.Should().BeNull();

    [Fact]
    public void FlagsMayBeAListAndTheLastOfAKeyCounts()
    {
        var (definition, diagnostics) = Read("""
            {"flags":[{"key":"f","state":"ENABLED","variants":{"a":1}},{"key":"g","state":"ENABLED","variants":{"a":1}},{"key":"f","state":"DISABLED","variants":{"a":1}},{"state":"ENABLED","variants":{"a":1}}]}
            """);

        definition!.Flags.Select(flag => (flag.Key, flag.Enabled)).Should().Equal(("f", false), ("g", true));
        diagnostics.Should().HaveCount(2).And.OnlyContain(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
    }

    [Theory]
    [InlineData("{\"flags\":{\"a\":{\"state\":", "PD1001", "JSON")]
    [InlineData("", "PD1001", "empty")]
    [InlineData("<html>", "PD1001", "HTML")]
    [InlineData("[1]", "PD1002", "no 'flags'")]
    [InlineData("{}", "PD1002", "no 'flags'")]
    [InlineData("{\"flags\":7}", "PD1002", "a number")]
    [InlineData("{\"version\":2,\"features\":[]}", "PD1002", "Unleash")]
    [InlineData("{\"features\":{}}", "PD1002", "GrowthBook")]
    [InlineData("{\"feature_management\":{}}", "PD1002", "Microsoft")]
    [InlineData("{\"p\":{},\"f\":{}}", "PD1002", "ConfigCat")]
    [InlineData("{\"flags\":{\"f\":{\"on\":true,\"variations\":[1],\"fallthrough\":{}}},\"segments\":{}}", "PD1002", "LaunchDarkly")]
    [InlineData("{\"flags\":{\"f\":{\"enabled\":true,\"variations\":{},\"allocations\":[]}}}", "PD1002", "Eppo")]
    [InlineData("{\"schema\":\"progressive-delivery/1\",\"version\":1,\"flags\":{\"f\":{\"variants\":{\"on\":true}}}}", "PD1002", "own format")]
    public void AnotherDocumentIsRefusedAndSaysWhatItLooksLike(string document, string id, string message)
    {
        var (definition, diagnostics) = Read(document);

        definition.Should().BeNull();
        diagnostics.Should().ContainSingle().Which.Id.Should().Be(id);
        diagnostics[0].Message.Should().Contain(message);
        diagnostics[0].Severity.Should().Be(DiagnosticSeverity.Fatal);
    }

    [Fact]
    public void EmptyFlagSetAndUnknownMembersAreFine()
    {
        Read("{\"$schema\":\"https://flagd.dev/schema/v0/flags.json\",\"flags\":{},\"novelty\":[{}]}").Definition!.Flags.Should().BeEmpty();
        Read("{\"flags\":{\"f\":{\"state\":\"ENABLED\",\"variants\":{\"a\":1},\"novelty\":{\"x\":1}}}}").Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void LimitsHold()
    {
        var document = "{\"flags\":{\"a\":" + Flag("{}") + ",\"b\":" + Flag("{}") + "}}";

        Read(document, new(limits: new() { MaxFlags = 1 })).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1004");
        Read(document, new(limits: new() { MaxBytes = 10 })).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1004");
        Read("{\"flags\":" + new string('[', 100_000)).Definition.Should().BeNull();
    }

    [Fact]
    public void NeitherBytesNorEscapesThatAreNoTextThrow()
    {
        new FlagdFormat().Read(new byte[] { 0xff, 0xfe, 0x00 }).Definition.Should().BeNull();
        Read("{\"flags\":{\"\\ud800\":" + Flag("{}") + "}}").Definition!.Flags.Should().BeEmpty();
        Read("{\"flags\":{\"f\":" + Flag("{\"==\":[\"\\udc00\",1]}") + "}}").Definition!.Flags.Should().ContainSingle().Which.Defect.Should().NotBeNull();
    }

    [Fact]
    public void TargetingNestedDeeplyCostsItsFlagAlone()
    {
        var nested = string.Concat(Enumerable.Repeat("{\"!\":", 150)) + "1" + new string('}', 150);

        var (definition, _) = Read(WithTargeting(nested));

        definition!.Flags[0].Defect!.Message.Should().Contain("nested too deeply");
        definition.Flags[1].Defect.Should().BeNull();
    }

    [Theory]
    [InlineData(FlagdFractional.V1, FractionalHash.SignedText)]
    [InlineData(FlagdFractional.V2, FractionalHash.Text)]
    [InlineData(FlagdFractional.V3, FractionalHash.Cbor)]
    public void GenerationOfFractionalIsChosen(FlagdFractional generation, FractionalHash hash)
    {
        var flag = Read(WithTargeting("{\"fractional\":[[\"a\"],[\"b\",2]]}"), new(generation)).Definition!.Flags[0];

        flag.Rules[0].Serve.Should().BeOfType<ExpressionOutcome>().Which.Expression.Should().BeOfType<FractionalExpression>().Which.Hash.Should().Be(hash);
    }

    [Fact]
    public void EveryPrefixOfADocumentIsReadWithoutThrowing()
    {
        var bytes = Encoding.UTF8.GetBytes(WithTargeting("{\"if\":[{\"in\":[{\"var\":\"x\"},[\"é\",1.5]]},\"a\"]}"));

        for (var length = 0; length < bytes.Length; length++)
            new FlagdFormat().Read(bytes.AsMemory(0, length)).Definition.Should().BeNull();
    }
}
