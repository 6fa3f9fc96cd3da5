using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>A flag of any type is answered as JSON to code that does not know it.</summary>
public sealed class UntypedEvaluationTests
{
    private static readonly EvaluationContext User = new("u");

    [Fact]
    public void EveryTypeIsAnsweredAsItsJson()
    {
        var flags = Some.Snapshot(
            Some.Flag("boolean"),
            Some.Text("string", "say \"é\""),
            Some.Of("integer", FlagType.Integer, 9_007_199_254_740_993),
            Some.Of("number", FlagType.Number, 2.5),
            Some.Of("json", FlagType.Json, VariantValue.Json("""{"a":[1,null]}"""))).Open();

        string Raw(string key) => flags.EvaluateUntyped(key, User).Value.GetRawText();

        new[] { "boolean", "string", "integer", "number", "json" }.Select(Raw).Should().Equal("false", "\"say \\\"é\\\"\"", "9007199254740993", "2.5", """{"a":[1,null]}""");
        flags.EvaluateUntyped("boolean", User).Should().BeEquivalentTo(new { Variant = "off", Reason = EvaluationReason.Default, SnapshotVersion = 1L });
    }

    [Fact]
    public void VariantWithoutAValueAnswersItsState()
    {
        var flags = Some.Snapshot(Some.Of("f", FlagType.String, new VariantDefinition { Name = "off", Value = VariantValue.None, Enabled = false })).Open();

        flags.EvaluateUntyped("f", User).Value.ValueKind.Should().Be(JsonValueKind.False);
    }

    [Fact]
    public void FallbackIsAnsweredWhereTheFlagCannotBe()
    {
        using var fallback = JsonDocument.Parse("7");
        var flags = Some.Snapshot(Some.Text("nothing", "a") with { Default = null }).Open();

        flags.EvaluateUntyped("missing", User, fallback.RootElement).Should().BeEquivalentTo(new { Value = fallback.RootElement, Reason = EvaluationReason.FlagNotFound });
        flags.EvaluateUntyped("nothing", User).Value.ValueKind.Should().Be(JsonValueKind.Undefined);
    }

    [Fact]
    public void FlagWhoseNumberJsonCannotHoldIsTheFallback() =>
        Some.Of("f", FlagType.Number, double.PositiveInfinity).Open().EvaluateUntyped("f", User).Value.ValueKind.Should().Be(JsonValueKind.Undefined);

    [Fact]
    public void ValueIsMadeOnce()
    {
        var flags = Some.Of("f", FlagType.Json, VariantValue.Json("""{"a":1}""")).Open();
        flags.EvaluateUntyped("f", User);

        Allocated.By(() => flags.EvaluateUntyped("f", User)).Should().Be(0);
    }
}
