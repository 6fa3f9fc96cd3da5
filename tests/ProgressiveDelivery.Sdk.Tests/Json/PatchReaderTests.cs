using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class PatchReaderTests
{
    [Fact]
    public void EveryMemberIsRead()
    {
        var (patch, diagnostics) = Read("""
            { "baseVersion": 1042, "version": 1043, "publishedAt": "2026-11-22T10:00:00Z",
              "set": { "flags": { "f": { "type": "boolean", "variants": { "on": true }, "default": "on" }, "gone": null },
                       "segments": { "staff": { "include": ["u-1"] } } },
              "remove": { "flags": ["a", "b"] } }
            """);

        diagnostics.Should().BeEmpty();
        patch!.BaseVersion.Should().Be(1042);
        patch.Version.Should().Be(1043);
        patch.PublishedAt.Should().Be(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        patch.Flags.Should().ContainSingle().Which.Default.Should().Be(new VariantOutcome("on"));
        patch.Segments.Should().ContainSingle().Which.Include.Should().Equal("u-1");
        patch.RemovedFlags.Should().Equal("a", "b");
    }

    [Theory]
    [InlineData("""{ "baseVersion": 1, "version": 2 }""")]
    [InlineData("""{ "baseVersion": 1.0, "version": 2e0, "publishedAt": null, "set": null, "remove": null }""")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": { "flags": null, "x-why": 1 }, "remove": { "x-why": 1 }, "x-newer": 1 }""")]
    public void WhatIsAbsentChangesNothing(string text)
    {
        var (patch, diagnostics) = Read(text);

        diagnostics.Should().BeEmpty();
        patch.Should().BeEquivalentTo(new SnapshotPatch { BaseVersion = 1, Version = 2 });
    }

    [Fact]
    public void UnknownMemberIsAWarning()
    {
        var (patch, diagnostics) = Read("""{ "baseVersion": 1, "version": 2, "newer": 1 }""");

        patch.Should().NotBeNull();
        diagnostics.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "PD1144", Severity = DiagnosticSeverity.Warning, Path = "$.newer" });
    }

    [Fact]
    public void MalformedFlagsAndSegmentsAreQuarantinedAloneWithTheirPaths()
    {
        var (patch, diagnostics) = Read("""
            { "baseVersion": 1, "version": 2, "set": {
                "segments": { "s": { "include": 1 } },
                "flags": { "good": { "type": "boolean", "variants": { "on": true } }, "bad": { "type": "color", "variants": { "on": true } } } } }
            """);

        patch!.Segments[0].Defect.Should().NotBeNull();
        patch.Flags.Select(flag => flag.Defect is null).Should().Equal(true, false);
        diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Path)).Should().Equal(
            ("PD1101", "$.set.segments['s'].include"), ("PD1102", "$.set.flags['bad'].type"));
    }

    [Fact]
    public void UnreadablePublicationIsAWarning()
    {
        var (patch, diagnostics) = Read("""{ "baseVersion": 1, "version": 2, "publishedAt": "today" }""");

        patch!.PublishedAt.Should().BeNull();
        diagnostics.Should().ContainSingle().Which.Severity.Should().Be(DiagnosticSeverity.Warning);
    }

    [Theory]
    [InlineData("[]", "$")]
    [InlineData("""{ "version": 2 }""", "$.baseVersion")]
    [InlineData("""{ "baseVersion": 0, "version": 2 }""", "$.baseVersion")]
    [InlineData("""{ "baseVersion": 1 }""", "$.version")]
    [InlineData("""{ "baseVersion": 1, "version": "2" }""", "$.version")]
    [InlineData("""{ "baseVersion": 1, "version": 9223372036854775808 }""", "$.version")]
    [InlineData("""{ "baseVersion": 2, "version": 2 }""", "$.version")]
    [InlineData("""{ "baseVersion": 3, "version": 2 }""", "$.version")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": [] }""", "$.set")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": { "flags": [] } }""", "$.set.flags")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": { "segments": 1 } }""", "$.set.segments")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": { "layers": {} } }""", "$.set")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "remove": [] }""", "$.remove")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "remove": { "segments": ["s"] } }""", "$.remove")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "remove": { "flags": "f" } }""", "$.remove.flags")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "remove": { "flags": [1] } }""", "$.remove.flags")]
    [InlineData("""{ "baseVersion": 1, "version": 2, "set": { "flags": { "f": {} } }, "remove": { "flags": ["f"] } }""", "$.remove.flags")]
    public void PatchThatIsHalfUnderstoodIsRefusedWhole(string text, string path)
    {
        var (patch, diagnostics) = Read(text);

        patch.Should().BeNull();
        var diagnostic = diagnostics.Should().ContainSingle().Subject;
        diagnostic.Id.Should().Be("PD1010");
        diagnostic.Path.Should().Be(path);
        diagnostic.Severity.Should().Be(DiagnosticSeverity.Fatal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("""{ "baseVersion": 1, }""")]
    public void WhatIsNoJsonIsToldAsSuch(string text) => Read(text).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1001");

    [Fact]
    public void LimitsOfDocumentsHoldForPatches()
    {
        const string Text = """{ "baseVersion": 1, "version": 2, "set": { "flags": { "a": {}, "b": {} } } }""";

        Read(Text, new() { MaxFlags = 1 }).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1004");
        Read(Text, new() { MaxBytes = 20 }).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1004");
        Read(Text, new() { MaxDepth = 2 }).Diagnostics.Should().ContainSingle().Which.Id.Should().Be("PD1004");
        Read(Text, new() { MaxFlags = 2 }).Patch.Should().NotBeNull();
    }

    [Fact]
    public void AnyTextIsReadWithoutThrowing()
    {
        var whole = """{ "baseVersion": 1, "version": 2, "set": { "flags": { "f": { "type": "boolean" } } }, "remove": { "flags": ["g"] } }"""u8.ToArray();
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var broken = whole.ToArray();
            for (var j = 0; j < 3; j++) broken[random.Next(broken.Length)] = (byte)random.Next(256);
            new PatchReader(new()).Read(broken.AsMemory(0, random.Next(broken.Length))).Diagnostics.Should().NotBeNull();
            new KillReader(new()).Read(broken, out _);
        }
    }

    private static PatchReadResult Read(string text, SnapshotLimits? limits = null) => new PatchReader(limits ?? new()).Read(Encoding.UTF8.GetBytes(text));
}
