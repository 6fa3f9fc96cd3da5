using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>A flag that is on or off, and has a variant besides.</summary>
public sealed class FacetTests
{
    private static readonly FlagDefinition Flag = new()
    {
        Key = "flag",
        Type = FlagType.String,
        Variants = [new() { Name = "big", Value = "large", Enabled = true }, new() { Name = "small", Value = "little", Enabled = false }, new() { Name = "on", Value = default, Enabled = true }, new() { Name = "off", Value = default, Enabled = false }],
        Default = "off",
    };

    [Theory]
    [InlineData("big", true, "large")]
    [InlineData("small", false, "little")]
    [InlineData("on", true, "fallback")]
    [InlineData("off", false, "fallback")]
    public void FlagAnswersBothFacets(string variant, bool enabled, string text)
    {
        var snapshot = (Flag with { Default = variant }).Open();

        snapshot.EvaluateBoolean("flag", EvaluationContext.Empty, !enabled)
            .Should().Match<Evaluation<bool>>(answer => answer.Value == enabled && answer.Variant == variant && answer.Reason == EvaluationReason.Default);
        snapshot.GetString("flag", EvaluationContext.Empty, "fallback").Should().Be(text);
        snapshot.Explain("flag", EvaluationContext.Empty).IsEnabled.Should().Be(enabled);
        snapshot.Value(new FeatureFlag<bool>("flag", !enabled), EvaluationContext.Empty).Should().Be(enabled);
    }

    [Fact]
    public void VariantWithoutAValueAnswersTheFallbackAndKeepsItsReason()
    {
        var answer = Flag.When(null, "on", id: "everybody").Open().EvaluateString("flag", EvaluationContext.Empty, "fallback");

        answer.Should().Match<Evaluation<string?>>(it => it.Value == "fallback" && it.Variant == null && it.Reason == EvaluationReason.RuleMatch && it.Rule == "everybody" && it.Error == null);
    }

    [Fact]
    public void OtherTypeIsStillAMismatch() =>
        (Flag with { Default = "big" }).Open().EvaluateInteger("flag", EvaluationContext.Empty, 7).Reason.Should().Be(EvaluationReason.TypeMismatch);

    [Fact]
    public void FlagWithOneFacetIsNoBoolean() =>
        Some.Text("flag", "a").Open().EvaluateBoolean("flag", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.TypeMismatch);

    [Fact]
    public void VariantWithoutAValueNeedsTheOtherFacet() =>
        (Flag with { Variants = [new() { Name = "off", Value = default }] }).Open().EvaluateString("flag", EvaluationContext.Empty, null).Reason.Should().Be(EvaluationReason.Error);

    [Fact]
    public void NoTypeReadsAVariantWithoutAValue()
    {
        foreach (var type in Enum.GetValues<FlagType>())
        {
            var snapshot = (Flag with { Type = type, Variants = [new() { Name = "off", Value = default, Enabled = true }] }).Open();

            snapshot.GetInteger("flag", EvaluationContext.Empty, 7).Should().Be(7);
            snapshot.GetNumber("flag", EvaluationContext.Empty, 7.5).Should().Be(7.5);
            snapshot.GetString("flag", EvaluationContext.Empty, "f").Should().Be("f");
            snapshot.GetJson("flag", EvaluationContext.Empty, "f", TestJson.Default.String).Should().Be("f");
            snapshot.IsEnabled("flag", EvaluationContext.Empty).Should().BeTrue();
        }
    }

    [Fact]
    public void LabelIsShownAndTheNameIsWhatRulesGoBy()
    {
        var parent = Some.Of("parent", FlagType.String, new VariantDefinition { Name = "blue-1", Value = "light", Label = "blue" }, new VariantDefinition { Name = "blue-2", Value = "dark", Label = "blue" });
        var snapshot = Some.Snapshot(parent with { Default = "blue-2" }, Some.Flag().When(new FlagCondition { Flag = "parent", Variants = ["blue-2"] }), Some.Flag("other").When(new FlagCondition { Flag = "parent", Variants = ["blue"] })).Open();

        snapshot.EvaluateString("parent", EvaluationContext.Empty, null).Should().Match<Evaluation<string?>>(answer => answer.Variant == "blue" && answer.Value == "dark");
        snapshot.Explain("parent", EvaluationContext.Empty).Variant.Should().Be("blue");
        snapshot.IsEnabled("flag", EvaluationContext.Empty).Should().BeTrue();
        snapshot.IsEnabled("other", EvaluationContext.Empty).Should().BeFalse();
    }

    [Fact]
    public void FrontEndIsToldOfAVariantWithoutAValue()
    {
        var flags = (Flag with { ClientVisible = true }).Open().GetFrontEndFlags(EvaluationContext.Empty);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            foreach (var flag in flags)
                flag.WriteValueTo(writer);
        }

        System.Text.Encoding.UTF8.GetString(stream.ToArray()).Should().Be("null");
    }
}
