using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests;

/// <summary>JSON flags for applications that accept reflection.</summary>
public sealed class ReflectedJsonTests
{
    private static readonly EvaluationContext User = new("u");

    private static readonly Theme Fallback = new("none", 0);

    private static readonly JsonSerializerOptions Strict = new() { PropertyNameCaseInsensitive = false };

    private readonly IFeatureEvaluator _flags = Some.Of("json", FlagType.Json, VariantValue.Json("""{ "name": "dark", "depth": 3 }""")).Open();

    [Fact]
    public void TypeIsReadWithoutMetadataAndWithoutRegardToCase()
    {
        _flags.GetJson("json", User, Fallback).Should().Be(new Theme("dark", 3));
        _flags.EvaluateJson("json", User, Fallback).Should().Match<Evaluation<Theme>>(answer => answer.Value == new Theme("dark", 3) && answer.Variant == "only");
    }

    [Fact]
    public void OptionsCount() => _flags.GetJson("json", User, Fallback, Strict).Should().Be(new Theme(null!, 0));

    [Fact]
    public void ObjectIsMadeOncePerTypeAndOptions()
    {
        var one = _flags.GetJson("json", User, Fallback);

        _flags.GetJson("json", User, Fallback).Should().BeSameAs(one);
        _flags.GetJson("json", User, Fallback, Strict).Should().NotBeSameAs(one).And.BeSameAs(_flags.GetJson("json", User, Fallback, Strict));
    }

    [Fact]
    public void AskingAllocatesNothing()
    {
        Allocated.By(() => _flags.GetJson("json", User, Fallback)).Should().Be(0);
        Allocated.By(() => _flags.EvaluateJson("json", User, Fallback, Strict)).Should().Be(0);
    }

    [Fact]
    public void WhatDoesNotFitAnswersTheFallback()
    {
        _flags.EvaluateJson("json", User, 7).Should().Match<Evaluation<int>>(answer => answer.Value == 7 && answer.Reason == EvaluationReason.TypeMismatch);
        _flags.EvaluateJson("gone", User, Fallback).Reason.Should().Be(EvaluationReason.FlagNotFound);
        Some.Text("json", "words").Open().EvaluateJson("json", User, Fallback).Reason.Should().Be(EvaluationReason.TypeMismatch);
    }

    [Fact]
    public void NullsOfTheCallerThrow()
    {
        FluentActions.Invoking(() => ((IFeatureEvaluator)null!).GetJson("json", User, Fallback)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => _flags.GetJson(null!, User, Fallback)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => _flags.EvaluateJson("json", null!, Fallback)).Should().Throw<ArgumentNullException>();
    }
}
