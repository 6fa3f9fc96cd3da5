using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>A value without a type of its own is read as asked, whatever type its flag has.</summary>
public sealed class UntypedReadingTests
{
    private static readonly EvaluationContext User = new("u");

    [Theory]
    [InlineData("90210", FlagType.Integer, "90210", 90210L, 90210.0)]
    [InlineData("90210", FlagType.String, "90210", 90210L, 90210.0)]
    [InlineData("5.0", FlagType.Number, "5.0", 5L, 5.0)]
    [InlineData("1e2", FlagType.String, "1e2", 100L, 100.0)]
    [InlineData("2.5", FlagType.Number, "2.5", null, 2.5)]
    [InlineData("NaN", FlagType.String, "NaN", null, null)]
    [InlineData("words", FlagType.String, "words", null, null)]
    [InlineData("\"none\"", FlagType.Json, "none", null, null)]
    [InlineData("7", FlagType.Json, "7", 7L, 7.0)]
    [InlineData("true", FlagType.Json, "True", null, null)]
    [InlineData("[7]", FlagType.Json, null, null, null)]
    public void ValueIsReadAsAsked(string text, FlagType type, string? asText, long? asInteger, double? asNumber)
    {
        var flags = Of(text, type);

        flags.GetString("f", User, null).Should().Be(asText);
        flags.EvaluateInteger("f", User, -1).Should().Match<Evaluation<long>>(answer => answer.Value == (asInteger ?? -1) && answer.Reason == Reason(asInteger.HasValue));
        flags.EvaluateNumber("f", User, -1).Should().Match<Evaluation<double>>(answer => answer.Value == (asNumber ?? -1) && answer.Reason == Reason(asNumber.HasValue));
        flags.EvaluateBoolean("f", User).Reason.Should().Be(EvaluationReason.TypeMismatch);
    }

    [Theory]
    [InlineData("""{ "name": 7, "depth": "3" }""", "7", 3)]
    [InlineData("""{ "name": true, "depth": 3 }""", "True", 3)]
    [InlineData("""{ "name": "dark", "depth": 3 }""", "dark", 3)]
    public void MembersOfJsonAreReadAsTheTypeWantsThem(string json, string name, int depth)
    {
        var theme = Of(json, FlagType.Json).GetJson("f", User, null, TestJson.Default.Theme!);

        theme.Should().BeEquivalentTo(new { Name = name, Depth = depth });
    }

    [Fact]
    public void JsonThatDoesNotFitIsATypeMismatch() =>
        Of("""{ "name": "dark", "depth": "deep" }""", FlagType.Json).EvaluateJson("f", User, null, TestJson.Default.Theme!).Reason.Should().Be(EvaluationReason.TypeMismatch);

    [Fact]
    public void JsonWithATypeOfItsOwnIsReadStrictly()
    {
        var flag = Some.Of("f", FlagType.Json, VariantValue.Json("""{ "name": "dark", "depth": "3" }"""));

        Some.Snapshot(flag).Open().EvaluateJson("f", User, null, TestJson.Default.Theme!).Reason.Should().Be(EvaluationReason.TypeMismatch);
    }

    [Theory]
    [InlineData("words", FlagType.Integer)]
    [InlineData("NaN", FlagType.Number)]
    [InlineData("{", FlagType.Json)]
    [InlineData("true", FlagType.Boolean)]
    public void TextOfAnotherTypeIsRefused(string text, FlagType type) =>
        FluentActions.Invoking(() => VariantValue.Untyped(text, type)).Should().Throw<ArgumentException>();

    private static EvaluationReason Reason(bool fits) => fits ? EvaluationReason.Default : EvaluationReason.TypeMismatch;

    private static FeatureSnapshot Of(string text, FlagType type) => Some.Snapshot(Some.Of("f", type, VariantValue.Untyped(text, type))).Open();
}
