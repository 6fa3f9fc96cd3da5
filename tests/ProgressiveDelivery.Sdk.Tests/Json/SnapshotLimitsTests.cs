using System.Text;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class SnapshotLimitsTests
{
    [Fact]
    public void DocumentOverTheSizeIsRefused()
    {
        var size = Encoding.UTF8.GetByteCount(Documents.Complete);

        Documents.Read(Documents.Complete, new() { MaxBytes = size }).Definition.Should().NotBeNull();
        Documents.Read(Documents.Complete, new() { MaxBytes = size - 1 }).ShouldBeRefused("PD1004").Message.Should().Contain("MaxBytes");
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    public void DocumentOverTheDepthIsRefused(int limit, bool accepted)
    {
        var document = Documents.With(""" "flags": {}, "x": """ + new string('[', 9) + new string(']', 9));

        var result = Documents.Read(document, new() { MaxDepth = limit });

        if (accepted)
            result.Definition.Should().NotBeNull();
        else
            result.ShouldBeRefused("PD1004").Message.Should().Contain("MaxDepth");
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"not\":", "}")]
    public void NestingOfTenThousandNeitherThrowsNorOverflowsWhateverTheLimit(string open, string close)
    {
        var condition = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));
        var document = Documents.With($$""" "flags": { "f": { "type": "boolean", "variants": {}, "rules": [ { "when": {{condition}}, "serve": "a" } ] } } """);

        Documents.Read(document).ShouldBeRefused("PD1004");
        Documents.Read(document, new() { MaxDepth = int.MaxValue }).ShouldBeRefused("PD1004");
    }

    [Fact]
    public void FaultOfSyntaxBeforeTheDepthIsAFaultOfSyntax() =>
        Documents.Read("{ oops " + new string('[', 100)).ShouldBeRefused("PD1001");

    [Fact]
    public void MoreFlagsThanAllowedAreRefused()
    {
        var document = Documents.With(""" "flags": { "a": { "type": "boolean", "variants": {} }, "b": { "type": "boolean", "variants": {} } } """);

        Documents.Read(document, new() { MaxFlags = 2 }).Definition!.Flags.Should().HaveCount(2);
        Documents.Read(document, new() { MaxFlags = 1 }).ShouldBeRefused("PD1004").Path.Should().Be("$.flags");
    }

    [Fact]
    public void FlagWithMoreRulesThanAllowedIsMalformed()
    {
        var document = Documents.With(""" "flags": { "f": { "type": "boolean", "variants": { "a": true }, "rules": [ { "serve": "a" }, { "serve": "a" } ] } } """);

        Documents.Read(document, new() { MaxRulesPerFlag = 2 }).Flag().Defect.Should().BeNull();
        Documents.Read(document, new() { MaxRulesPerFlag = 1 }).ShouldBeMalformed("PD1122").Path.Should().Be("$.flags['f'].rules");
    }

    [Fact]
    public void SegmentWithMoreMembersThanAllowedIsMalformed()
    {
        var document = Documents.With(""" "flags": {}, "segments": { "s": { "include": ["a", "b"], "exclude": ["c"] } } """);

        Documents.Read(document, new() { MaxSegmentMembers = 3 }).Definition!.Segments[0].Defect.Should().BeNull();
        var result = Documents.Read(document, new() { MaxSegmentMembers = 2 });
        result.Definition!.Segments[0].Defect!.Id.Should().Be("PD1122");
    }
}
