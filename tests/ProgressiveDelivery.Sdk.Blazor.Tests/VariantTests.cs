using Bunit;
using ProgressiveDelivery.Sdk.Blazor.Tests.Support;

namespace ProgressiveDelivery.Sdk.Blazor.Tests;

/// <summary>A flag with a content for each variant.</summary>
public sealed class VariantTests
{
    [Fact]
    public async Task VariantServedIsShownAndFollowed()
    {
        await using var page = new Page(Rules.Color("red"));
        var feature = page.RenderVariants("color", "red", "blue");
        feature.Markup.Should().Be("[red]");

        page.Publish(Rules.Color("blue"));

        Page.Shows(feature, "[blue]");
    }

    [Fact]
    public async Task VariantWithoutAContentShowsWhatIsDisabled()
    {
        await using var page = new Page(Rules.Color("green"));
        var feature = page.RenderVariants("color", "red", "blue");
        feature.Markup.Should().Be("other");

        page.Publish(Rules.Color("red"));
        Page.Shows(feature, "[red]");
        page.Publish(Rules.Boolean("color-is-gone"));

        Page.Shows(feature, "other");
    }

    [Fact]
    public async Task ContentsThatComeAndGoAreCounted()
    {
        await using var page = new Page(Rules.Color("blue"));
        var feature = page.RenderVariants("color", "red", "blue");

        feature.Render(parameters => parameters.Add(f => f.Variants, Page.Variants("red")));
        feature.Markup.Should().Be("other");
        feature.Render(parameters => parameters.Add(f => f.Variants, Page.Variants("red", "blue")));

        feature.Markup.Should().Be("[blue]");
    }

    [Fact]
    public async Task VariantsOfABooleanFlagAreItsNames()
    {
        await using var page = new Page(Rules.Boolean("f"));
        var feature = page.RenderVariants("f", "on", "off");
        feature.Markup.Should().Be("[on]");

        page.Publish(Rules.Boolean("f", on: false));

        Page.Shows(feature, "[off]");
    }

    // No change of rules announces it.
    [Fact]
    public async Task VariantThatTimeChangesIsShown()
    {
        await using var page = new Page("""
            "color": { "type": "string", "variants": { "red": "#f00", "blue": "#00f" }, "default": "red",
                       "rules": [ { "when": { "schedule": { "days": ["Mon"], "from": "12:30", "to": "13:00", "timeZone": "UTC" } }, "serve": "blue" } ] }
            """);
        var feature = page.RenderVariants("color", "red", "blue");
        feature.Markup.Should().Be("[red]");

        page.Time.Advance(TimeSpan.FromMinutes(40));

        await Until.HoldsAsync(() =>
        {
            page.Time.Advance(TimeSpan.FromMilliseconds(10));
            return feature.Markup == "[blue]";
        });
    }

    [Fact]
    public async Task NewRulesWithTheSameVariantCostNoRendering()
    {
        await using var page = new Page(Rules.Color("red"), Rules.Boolean("f"));
        var rendered = 0;
        var feature = page.RenderVariants("color", Page.Variants("red", "blue", () => rendered++));

        page.Publish(Rules.Color("red"), Rules.Boolean("f", on: false));
        await Until.HoldsAsync(() => page.Features.GetSnapshot().Version == 2);
        page.Publish(Rules.Color("blue"));

        Page.Shows(feature, "[blue]");
        rendered.Should().Be(2);
    }

    [Fact]
    public async Task VariantOutsideOfAFeatureIsReported()
    {
        await using var page = new Page(Rules.Color("red"));

        page.Invoking(p => p.Render<Variant>(parameters => parameters.Add(v => v.Name, "red"))).Should().Throw<InvalidOperationException>().WithMessage("*'red' is not inside the <Variants>*");
        page.Invoking(p => p.Render<Variant>()).Should().Throw<InvalidOperationException>().WithMessage("*<Variant> has no name*");
    }
}
