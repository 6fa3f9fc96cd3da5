using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class SnapshotDocumentTests
{
    [Fact]
    public void CompleteDocumentIsReadWithoutDiagnostics()
    {
        var (definition, diagnostics) = Documents.Read(Documents.Complete);

        diagnostics.Should().BeEmpty();
        definition!.Version.Should().Be(1042);
        definition.Environment.Should().Be("production");
        definition.PublishedAt.Should().Be(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        definition.ExpiresAt.Should().Be(new DateTimeOffset(2026, 12, 22, 10, 0, 0, TimeSpan.Zero));
        definition.Flags.Select(flag => flag.Key).Should().Equal("new-checkout", "banner", "maintenance", "plain", "limit", "ratio", "theme");
        definition.Segments.Select(segment => segment.Name).Should().Equal("staff", "gold");
        definition.Layers.Should().ContainSingle().Which.Should().BeEquivalentTo(new LayerDefinition { Name = "checkout", By = ["targetingKey"], Salt = "checkout-2026" });
        definition.Holdouts.Should().ContainSingle().Which.Should().BeEquivalentTo(new HoldoutDefinition { Name = "q4", By = ["targetingKey"], Salt = "q4", Percent = 5 });
        definition.Assertions.Should().HaveCount(2);
    }

    [Fact]
    public void ByteOrderMarkIsSkipped()
    {
        byte[] document = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Documents.Complete)];

        SnapshotJson.Read(document).Definition.Should().NotBeNull();
    }

    [Theory]
    [InlineData("progressive-delivery/1")]
    [InlineData("progressive-delivery/1.0")]
    [InlineData("progressive-delivery/1.27")]
    public void SchemaOfMajorVersion1IsRead(string schema)
    {
        var result = Documents.Read($$"""{ "schema": "{{schema}}", "version": 1, "flags": {} }""");

        result.Definition.Should().NotBeNull();
        result.Diagnostics.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"progressive-delivery/2\"")]
    [InlineData("\"progressive-delivery/10\"")]
    [InlineData("\"progressive-delivery/1.\"")]
    [InlineData("\"progressive-delivery/1.x\"")]
    [InlineData("\"progressive-delivery\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void OtherSchemaIsRefused(string schema)
    {
        var result = Documents.Read($$"""{ "schema": {{schema}}, "version": 1, "flags": {} }""");

        result.ShouldBeRefused("PD1002").Path.Should().Be("$.schema");
    }

    [Theory]
    [InlineData("""{ "version": 2, "features": [], "segments": [] }""", "Unleash")]
    [InlineData("""{ "status": 200, "features": {} }""", "GrowthBook")]
    [InlineData("""{ "$schema": "https://flagd.dev/schema/v0/flags.json", "flags": {} }""", "flagd")]
    [InlineData("""{ "flags": {}, "segments": {} }""", "LaunchDarkly")]
    [InlineData("""{ "p": {}, "f": {} }""", "ConfigCat")]
    [InlineData("""{ "feature_management": {} }""", "Microsoft")]
    public void DocumentOfAnotherVendorIsRecognized(string document, string vendor) =>
        Documents.Read(document).ShouldBeRefused("PD1002").Message.Should().Contain(vendor);

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n", "empty")]
    [InlineData("<!DOCTYPE html><title>Sign in</title>", "HTML")]
    [InlineData("[]", "a list")]
    [InlineData("\"x\"", "text")]
    public void DocumentThatIsNoObjectIsRefused(string document, string whatItIs) =>
        Documents.Read(document).ShouldBeRefused("PD1001").Message.Should().Contain(whatItIs);

    [Fact]
    public void EmptyObjectIsRefused() => Documents.Read("{}").ShouldBeRefused("PD1002");

    [Theory]
    [InlineData("{\n  \"schema\": oops\n}", "line 2, byte 13")]
    [InlineData("{ \"schema\": \"progressive-delivery/1\", }", "line 1")]
    [InlineData("{ } // no", "line 1, byte 5")]
    [InlineData("{ \"schema\": \"progres", "line 1")]
    public void SyntaxFaultIsRefusedWithItsPlace(string document, string place) =>
        Documents.Read(document).ShouldBeRefused("PD1001").Message.Should().Contain(place);

    [Fact]
    public void BytesThatAreNoUtf8AreRefusedWithTheirPlace()
    {
        byte[] document = [.. "{\n \"a\": \""u8, 0xC3, 0x28, .. "\" }"u8];

        SnapshotJson.Read(document).ShouldBeRefused("PD1001").Message.Should().Contain("line 2, byte 8");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    public void VersionThatIsNoPositiveIntegerIsRefused(string version)
    {
        var result = Documents.Read($$"""{ "schema": "progressive-delivery/1", "version": {{version}}, "flags": {} }""");

        result.ShouldBeRefused("PD1003").Path.Should().Be("$.version");
    }

    [Fact]
    public void MissingVersionIsRefused() =>
        Documents.Read("""{ "schema": "progressive-delivery/1", "flags": {} }""").ShouldBeRefused("PD1003").Message.Should().Contain("missing");

    [Theory]
    [InlineData("\"flags\": []", "$.flags")]
    [InlineData("\"flags\": null", "$.flags")]
    [InlineData("\"segments\": {}", "$.flags")]
    [InlineData("\"flags\": {}, \"segments\": []", "$.segments")]
    [InlineData("\"flags\": {}, \"layers\": 1", "$.layers")]
    [InlineData("\"flags\": {}, \"holdouts\": \"x\"", "$.holdouts")]
    [InlineData("\"flags\": {}, \"expiresAt\": \"tomorrow\"", "$.expiresAt")]
    [InlineData("\"flags\": {}, \"expiresAt\": \"2026-12-22T10:00:00\"", "$.expiresAt")]
    [InlineData("\"flags\": {}, \"assertions\": {}", "$.assertions")]
    [InlineData("\"flags\": {}, \"assertions\": [ { \"flag\": \"a\" }, { \"flag\": 1 } ]", "$.assertions[1]")]
    [InlineData("\"flags\": {}, \"assertions\": [ { \"flag\": \"a\", \"variant\": 1 } ]", "$.assertions[0]")]
    [InlineData("\"flags\": {}, \"assertions\": [ { \"flag\": \"a\", \"context\": [] } ]", "$.assertions[0]")]
    public void UnreadableMemberOfTheWholeIsRefused(string members, string path) =>
        Documents.Read(Documents.With(members)).ShouldBeRefused("PD1009").Path.Should().Be(path);

    [Theory]
    [InlineData("\"publishedAt\": \"2026-11-22T10:00:00\"")]
    [InlineData("\"publishedAt\": 5")]
    [InlineData("\"environment\": 5")]
    public void UnreadableMemberForPeopleIsAWarning(string member)
    {
        var result = Documents.Read(Documents.With(member + ", \"flags\": {}"));

        result.Definition!.PublishedAt.Should().BeNull();
        result.Definition.Environment.Should().BeNull();
        var warning = result.Diagnostics.Should().ContainSingle().Subject;
        warning.Id.Should().Be("PD1009");
        warning.Severity.Should().Be(DiagnosticSeverity.Warning);
    }

    [Fact]
    public void UnknownMembersAreIgnoredWithAWarningEach()
    {
        var result = Documents.Read(Documents.With("""
            "color": { "deep": [1] },
            "flags": { "f": { "type": "boolean", "variants": { "on": true }, "default": "on", "shape": 1,
                              "rules": [ { "when": { "all": [], "note": "x" }, "serve": "on", "why": 1 } ] } }
            """));

        result.Diagnostics.Should().OnlyContain(found => found.Id == "PD1144" && found.Severity == DiagnosticSeverity.Warning);
        result.Diagnostics.Select(found => found.Path).Should().Equal(
            "$.flags['f'].rules[0].when.note", "$.flags['f'].rules[0].why", "$.flags['f'].shape", "$.color");
        result.Flag().Defect.Should().BeNull();
    }

    [Fact]
    public void NullIsAbsent()
    {
        var result = Documents.Read(Documents.With("""
            "environment": null, "publishedAt": null, "expiresAt": null, "layers": null, "holdouts": null, "assertions": null,
            "segments": { "s": { "include": null, "exclude": null, "when": null, "by": null }, "gone": null },
            "flags": { "f": { "type": "boolean", "variants": { "on": true }, "enabled": null, "offVariant": null, "requires": null, "rules": null,
                              "default": null, "clientVisible": null, "metadata": null }, "gone": null }
            """));

        result.Diagnostics.Should().BeEmpty();
        result.Flag().Should().BeEquivalentTo(new FlagDefinition { Key = "f", Type = FlagType.Boolean, Variants = [new() { Name = "on", Value = true }] });
        result.Definition!.Segments.Should().ContainSingle().Which.Should().BeEquivalentTo(new SegmentDefinition { Name = "s" });
    }

    [Fact]
    public void LastOfSeveralMembersCountsAndIsWarnedOf()
    {
        var result = Documents.Read(Documents.With("""
            "version": 7,
            "flags": {
              "f": { "type": "string", "variants": {} },
              "f": { "type": "string", "type": "boolean", "variants": { "a": false, "a": true }, "default": "a" }
            }
            """));

        result.Definition!.Version.Should().Be(7);
        result.Flag().Variants.Should().Equal(new VariantDefinition { Name = "a", Value = true });
        result.Diagnostics.Should().OnlyContain(diagnostic => diagnostic.Id == "PD1120" && diagnostic.Severity == DiagnosticSeverity.Warning);
        result.Diagnostics.Select(diagnostic => diagnostic.Path).Should().Equal("$", "$.flags", "$.flags['f']", "$.flags['f'].variants");
    }

    [Fact]
    public void FaultOfAMemberThatOccursAgainStaysAFault()
    {
        var result = Documents.ReadFlags(""" "f": { "type": "nonsense", "type": "boolean", "variants": { "a": true } } """);

        result.Flag().Defect!.Id.Should().Be("PD1102");
    }

    [Fact]
    public void ManyDuplicatesAreFoundToo()
    {
        var flags = string.Join(",", Enumerable.Range(0, 40).Select(i => $$""" "f{{i % 20}}": { "type": "integer", "variants": { "a": {{i}} } } """));

        var result = Documents.ReadFlags(flags);

        result.Diagnostics.Should().HaveCount(20).And.OnlyContain(diagnostic => diagnostic.Id == "PD1120");
        result.Definition!.Flags.Select(flag => flag.Variants[0].Value).Should().Equal(Enumerable.Range(20, 20).Select(i => (VariantValue)(long)i));
    }

    [Fact]
    public void FlagKeysThatDifferByCaseAreDifferent()
    {
        var result = Documents.ReadFlags(""" "f": { "type": "boolean", "variants": { "a": true } }, "F": { "type": "boolean", "variants": { "a": true } } """);

        result.Diagnostics.Should().BeEmpty();
        result.Definition!.Flags.Select(flag => flag.Key).Should().Equal("f", "F");
    }

    [Fact]
    public void TextsThatAreSharedAreNotMixedUp()
    {
        var keys = Enumerable.Range(0, 5_000).Select(i => $"flag-{i * 7919 % 5_000}é{i}"[..(i % 2 == 0 ? ^0 : 9)] + i).ToList();
        var flags = string.Join(",", keys.Select(key => $$""" "{{key}}": { "type": "string", "variants": { "v{{key}}": "{{key}}" }, "default": "v{{key}}" } """));

        var definition = Documents.ReadFlags(flags).Definition!;

        definition.Flags.Select(flag => flag.Key).Should().Equal(keys);
        definition.Flags.Should().OnlyContain(flag => flag.Variants[0].Value == flag.Key && flag.Default == new VariantOutcome("v" + flag.Key));
    }

    [Fact]
    public void TenThousandFlagsAreReadInLessThanTwentyMegabytes()
    {
        var flags = string.Join(",", Enumerable.Range(0, 10_000).Select(i => $$$"""
            "flag-{{{i}}}": { "type": "boolean", "variants": { "on": true, "off": false }, "enabled": true, "offVariant": "off", "default": "off",
              "rules": [ { "id": "staff", "when": { "segment": "staff" }, "serve": "on" },
                         { "id": "canary", "when": { "all": [ { "attribute": "country", "in": ["NL", "BE"] }, { "attribute": "appVersion", "semver": ">=4.2.0" } ] },
                           "serve": { "rollout": { "by": "targetingKey", "salt": "flag-{{{i}}}", "to": "on", "percent": 25 } } } ],
              "metadata": { "owner": "payments", "expires": "2027-01-31" } }
            """));
        var document = Encoding.UTF8.GetBytes(Documents.With($$""" "flags": { {{flags}} } """));
        SnapshotJson.Read(document);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (definition, diagnostics) = SnapshotJson.Read(document);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        definition!.Flags.Should().HaveCount(10_000);
        diagnostics.Should().BeEmpty();
        allocated.Should().BeLessThan(20_000_000);
    }

    [Fact]
    public void KeysMayHoldAnything()
    {
        var result = Documents.ReadFlags(""" "": { "type": "x", "variants": {} }, "a'b\\c\n\u0000é😀": { "type": "x", "variants": {} } """);

        result.Diagnostics.Select(diagnostic => diagnostic.Path).Should().Equal("$.flags[''].type", """$.flags['a\'b\\c\u000a\u0000é\ud83d\ude00'].type""");
    }
}
