using Bunit;
using Microsoft.AspNetCore.Components;
using ProgressiveDelivery.Sdk.Blazor.Tests.Support;

namespace ProgressiveDelivery.Sdk.Blazor.Tests;

/// <summary>A flag that is on or off.</summary>
public sealed class FeatureTests
{
    [Theory]
    [InlineData(true, false, "on")]
    [InlineData(false, false, "off")]
    [InlineData(true, true, "off")]
    [InlineData(false, true, "on")]
    public async Task ContentIsThatOfTheAnswer(bool isOn, bool negate, string shown)
    {
        await using var page = new Page(Rules.Boolean("f", isOn));

        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f").Add(f => f.Negate, negate));

        feature.Markup.Should().Be(shown);
    }

    [Fact]
    public async Task ContentOfItsOwnIsShownWhileTheFlagIsOn()
    {
        await using var page = new Page(Rules.Boolean("f"));
        var feature = page.Render<Feature>(parameters => parameters.Add(f => f.Flag, "f").AddChildContent("shown"));
        feature.Markup.Should().Be("shown");

        page.Publish(Rules.Boolean("f", on: false));

        Page.Shows(feature, "");
    }

    [Fact]
    public async Task ChangeOfTheFlagIsShownAndThatOfAnotherCostsNoRendering()
    {
        await using var page = new Page(Rules.Boolean("f"), Rules.Boolean("g"));
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));
        var before = feature.RenderCount;

        page.Publish(Rules.Boolean("f"), Rules.Boolean("g", on: false));
        await Until.HoldsAsync(() => page.Features.GetSnapshot().Version == 2);
        page.Publish(Rules.Boolean("f", on: false), Rules.Boolean("g", on: false));

        Page.Shows(feature, "off");
        feature.RenderCount.Should().Be(before + 1);
    }

    [Fact]
    public async Task DeclaredFlagBringsItsFallback()
    {
        await using var page = new Page(Rules.Boolean("other"));

        page.RenderFeature(parameters => parameters.Add(f => f.For, new FeatureFlag<bool>("missing", fallback: true))).Markup.Should().Be("on");
        page.RenderFeature(parameters => parameters.Add(f => f.Flag, "missing")).Markup.Should().Be("off");
    }

    [Fact]
    public async Task OneVariantOfAFlagOfAnyTypeCountsAsEnabled()
    {
        await using var page = new Page(Rules.Color("red"));
        var red = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "color").Add(f => f.Variant, "red"));
        var green = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "color").Add(f => f.Variant, "green").Add(f => f.Negate, true));
        (red.Markup, green.Markup).Should().Be(("on", "on"));
        var rendered = green.RenderCount;

        page.Publish(Rules.Color("blue"));
        Page.Shows(red, "off");
        page.Publish(Rules.Color("green"));

        Page.Shows(green, "off");
        green.RenderCount.Should().Be(rendered + 1);
    }

    [Fact]
    public async Task ContextOfTheParameterIsEvaluatedAndFollowed()
    {
        await using var page = new Page(Rules.For("f", "ann"));
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f").Add(f => f.EvaluationContext, new("bob")));
        feature.Markup.Should().Be("off");

        feature.Render(parameters => parameters.Add(f => f.EvaluationContext, new("ann")));
        feature.Markup.Should().Be("on");
        page.Publish(Rules.For("f", "bob"));

        Page.Shows(feature, "off");
    }

    [Fact]
    public async Task OtherFlagIsFollowedInPlaceOfTheFirst()
    {
        await using var page = new Page(static _ => { }, Rules.Boolean("f"), Rules.Boolean("g", on: false));
        var subscriptions = page.Count();
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));
        (feature.Markup, subscriptions.Live, subscriptions.Begun).Should().Be(("on", 1, 1));

        feature.Render(parameters => parameters.Add(f => f.Flag, "g"));

        (feature.Markup, subscriptions.Live, subscriptions.Begun).Should().Be(("off", 1, 2));
        page.Publish(Rules.Boolean("f"), Rules.Boolean("g"));
        Page.Shows(feature, "on");
    }

    [Fact]
    public async Task RenderingOfTheParentKeepsTheSubscription()
    {
        await using var page = new Page(static _ => { }, Rules.Boolean("f"));
        var subscriptions = page.Count();
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));

        feature.Render(parameters => parameters.Add(f => f.Enabled, Page.Text("new")));

        (feature.Markup, subscriptions.Begun).Should().Be(("new", 1));
    }

    [Fact]
    public async Task DisposedComponentFollowsNothing()
    {
        await using var page = new Page(static _ => { }, Rules.Boolean("f"), Rules.Color("red"));
        var subscriptions = page.Count();
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));
        page.RenderVariants("color", "red");
        subscriptions.Live.Should().Be(3);
        var rendered = feature.RenderCount;

        await page.DisposeComponentsAsync();

        subscriptions.Live.Should().Be(0);
        page.Publish(Rules.Boolean("f", on: false));
        await Until.HoldsAsync(() => page.Features.GetSnapshot().Version == 2);
        feature.RenderCount.Should().Be(rendered);
    }

    [Fact]
    public async Task FeaturesNest()
    {
        await using var page = new Page(Rules.Boolean("f"), Rules.Boolean("g"));
        RenderFragment inner = builder =>
        {
            builder.OpenComponent<Feature>(0);
            builder.AddComponentParameter(1, nameof(Feature.Flag), "g");
            builder.AddComponentParameter(2, nameof(Feature.ChildContent), Page.Text("both"));
            builder.CloseComponent();
        };

        var feature = page.Render<Feature>(parameters => parameters.Add(f => f.Flag, "f").Add(f => f.ChildContent, inner));

        feature.Markup.Should().Be("both");
    }

    [Fact]
    public async Task FlagOfAnotherTypeIsNotEnabled()
    {
        await using var page = new Page(Rules.Color("red"));

        page.RenderFeature(parameters => parameters.Add(f => f.Flag, "color")).Markup.Should().Be("off");
    }

    [Fact]
    public async Task ClientWithoutBlazorsPartAnswersForAnAnonymousVisitor()
    {
        await using var page = new Page(static _ => { }, Rules.Boolean("f"), Rules.For("g", "ann"));

        page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f")).Markup.Should().Be("on");
        page.RenderFeature(parameters => parameters.Add(f => f.Flag, "g")).Markup.Should().Be("off");
    }

    public static TheoryData<string, Action<ComponentParameterCollectionBuilder<Feature>>> Mistakes => new()
    {
        { "*<Feature> has no flag*Flag=\"checkout\"*", _ => { } },
        { "*<Feature> has no flag*", parameters => parameters.Add(f => f.Flag, "") },
        { "*flag 'f' has both Flag and For*", parameters => parameters.Add(f => f.Flag, "g").Add(f => f.For, new FeatureFlag<bool>("f", false)) },
        { "*flag 'f' has both Enabled and content of its own*", parameters => parameters.Add(f => f.Flag, "f").Add(f => f.Enabled, "a").AddChildContent("b") },
        { "*flag 'f' has an empty Variant*", parameters => parameters.Add(f => f.Flag, "f").Add(f => f.Variant, "") },
        { "*flag 'f' has Variants*Leave these out*", parameters => parameters.Add(f => f.Flag, "f").Add(f => f.Variants, "a").Add(f => f.Negate, true) },
        { "*flag 'f' has Variants*Leave these out*", parameters => parameters.Add(f => f.Flag, "f").Add(f => f.Variants, "a").Add(f => f.Variant, "b") },
        { "*flag 'f' has Variants*Leave these out*", parameters => parameters.Add(f => f.Flag, "f").Add(f => f.Variants, "a").AddChildContent("b") },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task ParametersThatDoNotFitAreReported(string message, Action<ComponentParameterCollectionBuilder<Feature>> set)
    {
        await using var page = new Page(Rules.Boolean("f"));

        page.Invoking(p => p.Render(set)).Should().Throw<InvalidOperationException>().WithMessage(message);
    }
}
