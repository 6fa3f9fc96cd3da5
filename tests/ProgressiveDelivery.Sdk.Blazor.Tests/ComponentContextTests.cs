using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Blazor.Tests.Support;

namespace ProgressiveDelivery.Sdk.Blazor.Tests;

/// <summary>Components and the visitor: users that change, prerendered pages, requests.</summary>
public sealed class ComponentContextTests
{
    private const string StateName = "ProgressiveDelivery.Sdk.AnonymousKey";

    private readonly TestUsers _users = new();

    [Fact]
    public async Task ChangeOfTheUserIsShownAndItsAnswerFollowed()
    {
        await using var page = PageOf(Rules.For("f", "ann"), Rules.Color("red"));
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));
        var color = page.RenderVariants("color", "red");
        (feature.Markup, color.Markup).Should().Be(("off", "[red]"));
        var rendered = color.RenderCount;

        _users.SignIn("ann");
        Page.Shows(feature, "on");
        page.Publish(Rules.For("f", "bob"), Rules.Color("red"));
        Page.Shows(feature, "off");
        page.Publish(Rules.For("f", "ann"), Rules.Color("red"));

        Page.Shows(feature, "on");
        color.RenderCount.Should().Be(rendered, "its answer is the same for each user");
    }

    [Fact]
    public async Task NothingIsShownBeforeTheUserIsKnown()
    {
        var state = new TaskCompletionSource<AuthenticationState>();
        _users.State = state.Task;
        await using var page = PageOf(Rules.For("f", "ann"));
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));
        var provider = page.Render<FeatureProvider>(parameters => parameters.AddChildContent("page"));
        (feature.Markup, provider.Markup).Should().Be(("", ""));

        state.SetResult(TestUsers.Of("ann"));

        Page.Shows(feature, "on");
        Page.Shows(provider, "page");
    }

    [Fact]
    public async Task ProviderLetsCodeAskWithoutAContext()
    {
        _users.SignIn("ann");
        await using var page = PageOf(Rules.For("f", "ann"));
        page.Features.IsEnabled("f").Should().BeFalse("no component has begun the circuit");

        page.Render<FeatureProvider>();

        page.Features.IsEnabled("f").Should().BeTrue();
    }

    [Fact]
    public async Task ProviderWithoutRegistrationIsReported()
    {
        await using var page = new Page(static _ => { });

        page.Invoking(p => p.Render<FeatureProvider>()).Should().Throw<InvalidOperationException>().WithMessage("*<FeatureProvider>*AddBlazor*");
    }

    [Fact]
    public async Task RefreshShowsWhatTheApplicationChose()
    {
        var tenant = "acme";
        await using var page = new Page(client => client.AddBlazor(visitor => visitor.Add("tenant", _ => tenant)), Rules.When("f", "tenant", "acme"));
        var feature = page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));
        feature.Markup.Should().Be("on");

        tenant = "other";
        page.Services.GetRequiredService<FeatureCircuit>().Refresh();

        Page.Shows(feature, "off");
    }

    [Fact]
    public async Task KeyOfAnAnonymousVisitorOutlivesThePrerendering()
    {
        string? handedOn;
        await using (var prerendered = PageOf())
        {
            var state = prerendered.AddBunitPersistentComponentState();
            // What the middleware of a request does: its anonymous visitor has the key of a cookie.
            prerendered.Services.GetRequiredService<FeatureScopeBinding>().Begin(new RequestReader("cookie-7"));
            prerendered.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));
            prerendered.Render<FeatureProvider>();
            state.TriggerOnPersisting();
            state.TryTake(StateName, out handedOn).Should().BeTrue();
        }

        await using var interactive = PageOf(Rules.For("f", "cookie-7"));
        interactive.AddBunitPersistentComponentState().Persist(StateName, handedOn);
        var feature = interactive.RenderFeature(parameters => parameters.Add(f => f.Flag, "f"));

        feature.Markup.Should().Be("on");
        interactive.Services.GetRequiredService<FeatureCircuit>().Context.TargetingKey.Should().Be("cookie-7");
    }

    [Fact]
    public async Task KeyOfAUserIsNotHandedOn()
    {
        _users.SignIn("ann");
        await using var page = PageOf(Rules.For("f", "ann"));
        var state = page.AddBunitPersistentComponentState();
        page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f")).Markup.Should().Be("on");

        state.TriggerOnPersisting();

        state.TryTake<string>(StateName, out _).Should().BeFalse();
    }

    [Fact]
    public async Task StaticPageIsRenderedOnceAndFollowsNothing()
    {
        await using var page = new Page(static _ => { }, Rules.Boolean("f"));
        var subscriptions = page.Count();
        await using var renderer = new HtmlRenderer(page.Services, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Feature>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Feature.Flag)] = "f",
            [nameof(Feature.Enabled)] = Page.Text("on"),
        }))).ToHtmlString());

        (html, subscriptions.Begun).Should().Be(("on", 0));
    }

    [Fact]
    public async Task UnitOfWorkOfARequestAnswersFromItsRules()
    {
        await using var page = PageOf(Rules.For("f", "visitor"));
        page.Services.GetRequiredService<FeatureScopeBinding>().Begin(new RequestReader("visitor"));
        page.Publish(Rules.For("f", "other"));
        await Until.HoldsAsync(() => page.Services.GetRequiredService<FeatureScopeBinding>().Client.Status.SnapshotVersion == 2);

        page.RenderFeature(parameters => parameters.Add(f => f.Flag, "f")).Markup.Should().Be("on");
    }

    private Page PageOf(params string[] flags)
    {
        var page = new Page(flags);
        page.Services.AddScoped<AuthenticationStateProvider>(_ => _users);
        return page;
    }
}
