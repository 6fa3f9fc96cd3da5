using Bunit;
using Microsoft.AspNetCore.Components;
using ProgressiveDelivery.Sdk.Blazor.Tests.Support;

namespace ProgressiveDelivery.Sdk.Blazor.Tests;

/// <summary>The value of a declared flag.</summary>
public sealed class FeatureValueTests
{
    private static readonly FeatureFlag<string> Color = new("color", fallback: "none");

    private static readonly RenderFragment<Evaluation<string>> Shown = evaluation => Page.Text($"{evaluation.Value} {evaluation.Variant} {evaluation.Reason}");

    [Fact]
    public async Task ContentGetsTheEvaluationAndFollowsIt()
    {
        await using var page = new Page(Rules.Color("red"));
        var value = page.Render<FeatureValue<string>>(parameters => parameters.Add(v => v.Flag, Color).Add(v => v.ChildContent, Shown));
        value.Markup.Should().Be("#f00 red Default");

        page.Publish(Rules.Color("blue"));
        Page.Shows(value, "#00f blue Default");
        page.Publish(Rules.Boolean("other"));

        Page.Shows(value, "none  FlagNotFound");
    }

    [Fact]
    public async Task OtherDeclarationIsFollowedInPlaceOfTheFirst()
    {
        await using var page = new Page(Rules.Color("red"));
        var value = page.Render<FeatureValue<string>>(parameters => parameters.Add(v => v.Flag, new FeatureFlag<string>("missing", "m")).Add(v => v.ChildContent, Shown));
        value.Markup.Should().StartWith("m ");

        value.Render(parameters => parameters.Add(v => v.Flag, Color).Add(v => v.EvaluationContext, new("ann")));
        value.Markup.Should().StartWith("#f00");
        page.Publish(Rules.Color("green"));

        Page.Shows(value, "#0f0 green Default");
    }

    [Fact]
    public async Task MissingFlagIsReported()
    {
        await using var page = new Page(Rules.Color("red"));

        page.Invoking(p => p.Render<FeatureValue<string>>()).Should().Throw<InvalidOperationException>().WithMessage("*<FeatureValue> has no flag*");
    }
}
