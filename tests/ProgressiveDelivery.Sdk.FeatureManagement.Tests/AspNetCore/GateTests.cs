using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.AspNetCore;
using Microsoft.FeatureManagement.Mvc.TagHelpers;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.AspNetCore;

/// <summary>What Microsoft.FeatureManagement.AspNetCore offers, on a client of ours: with its targeting, and with the context of our requests.</summary>
public sealed class GateTests
{
    private static readonly FlagDefinition[] Flags =
    [
        Some.FlagFor("ada", "ada"),
        Some.FlagFor("friends", "groups", AttributeOperator.HasAny, new[] { "friends-of-ada" }),
        Some.FlagFor("nl", "country", AttributeOperator.Equals, "NL"),
        Some.Flag("off", isOn: false),
        Some.Of("theme", FlagType.String, "?") with
        {
            Variants = [new() { Name = "Light", Value = "l" }, new() { Name = "Dark", Value = "d" }],
            Default = "Light",
            Rules = [new() { When = new AttributeCondition { Attribute = "targetingKey", Operator = AttributeOperator.Equals, Operand = "ada" }, Serve = "Dark" }],
        },
    ];

    public static TheoryData<bool> Contexts => [true, false];

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task EndpointFilterGates(bool theirTargeting)
    {
        await using var site = await StartAsync(theirTargeting, app =>
        {
            app.MapGet("/gated", () => "in").WithFeatureGate("ada");
            app.MapGet("/any", () => "in").WithFeatureGate(RequirementType.Any, "off", "ada");
            app.MapGet("/negated", () => "in").WithFeatureGate(true, "ada");
        });

        (await site.GetAsync("/gated", "ada"), await site.GetAsync("/gated", "eve"), await site.GetAsync("/gated")).Should().Be(("in", "404", "404"));
        (await site.GetAsync("/any", "ada"), await site.GetAsync("/any", "eve")).Should().Be(("in", "404"));
        (await site.GetAsync("/negated", "ada"), await site.GetAsync("/negated")).Should().Be(("404", "in"));
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task AttributeGatesActions(bool theirTargeting)
    {
        await using var site = await StartAsync(theirTargeting, app => app.MapControllers());

        (await site.GetAsync("/mvc/gated", "ada"), await site.GetAsync("/mvc/gated", "eve"), await site.GetAsync("/mvc/gated")).Should().Be(("in", "404", "404"));
        (await site.GetAsync("/mvc/any", "ada"), await site.GetAsync("/mvc/any", "eve")).Should().Be(("in", "404"));
        (await site.GetAsync("/mvc/negated", "ada"), await site.GetAsync("/mvc/negated", "eve")).Should().Be(("404", "in"));
    }

    [Fact]
    public async Task HandlerOfDisabledFeaturesIsCalled()
    {
        await using var site = await Site.StartAsync(
            services => Serve(services, theirTargeting: true).UseDisabledFeaturesHandler(static (_, context) => Refuse(context)),
            app => app.MapControllers());

        (await site.GetAsync("/mvc/gated", "eve")).Should().Be("451");
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task MiddlewareIsForTheFeature(bool theirTargeting)
    {
        await using var site = await StartAsync(theirTargeting, app =>
        {
            app.UseForFeature("ada", branch => branch.Run(http => http.Response.WriteAsync("branch")));
            app.Run(http => http.Response.WriteAsync("main"));
        });

        (await site.GetAsync("/", "ada"), await site.GetAsync("/", "eve"), await site.GetAsync("/")).Should().Be(("branch", "main", "main"));
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task TagHelperShowsItsContent(bool theirTargeting)
    {
        await using var site = await StartAsync(theirTargeting, app => app.MapGet("/", async (IFeatureManagerSnapshot features, IVariantFeatureManagerSnapshot variants) =>
            string.Join(' ', await IsShownAsync(new(features, variants) { Name = "ada" }), await IsShownAsync(new(features, variants) { Name = "ada", Negate = true }), await IsShownAsync(new(features, variants) { Name = "theme", Variant = "Dark" }))));

        (await site.GetAsync("/", "ada"), await site.GetAsync("/", "eve")).Should().Be(("True False True", "False True False"));
    }

    [Fact]
    public async Task VariantServiceIsChosenByTheAccessorsUser()
    {
        await using var site = await Site.StartAsync(
            services =>
            {
                Serve(services, theirTargeting: true).WithVariantService<ITheme>("theme");
                services.AddSingleton<ITheme, Dark>().AddSingleton<ITheme, Light>();
            },
            app => app.MapGet("/", async (IVariantServiceProvider<ITheme> themes) => (await themes.GetServiceAsync(default)).GetType().Name));

        (await site.GetAsync("/", "ada"), await site.GetAsync("/", "eve"), await site.GetAsync("/")).Should().Be(("Dark", "Light", "Light"));
    }

    [Fact]
    public async Task ScopedVariantServiceIsChosenByTheContextOfTheRequest()
    {
        await using var site = await Site.StartAsync(
            services =>
            {
                var theirs = services.AddScopedFeatureManagement();
                services.AddProgressiveDelivery(flags => flags.FromSnapshot(Some.Snapshot(Flags)).AddAspNetCore().ServeFeatureManagement());
                theirs.WithVariantService<ITheme>("theme");
                services.AddScoped<ITheme, Dark>().AddScoped<ITheme, Light>();
            },
            app => app.MapGet("/", async (IVariantServiceProvider<ITheme> themes) => (await themes.GetServiceAsync(default)).GetType().Name));

        (await site.GetAsync("/", "ada"), await site.GetAsync("/", "eve")).Should().Be(("Dark", "Light"));
    }

    [Fact]
    public async Task RequestsContextAddsToTheAccessors()
    {
        await using var site = await Site.StartAsync(
            services => Serve(services, theirTargeting: true, flags => flags.AddAspNetCore()),
            app => app.MapGet("/", async (IFeatureManager features) => $"{await features.IsEnabledAsync("friends")} {await features.IsEnabledAsync("nl")}"));

        (await site.GetAsync("/", "ada"), await site.GetAsync("/", "eve"), await site.GetAsync("/")).Should().Be(("True True", "False True", "False False"));
    }

    [Fact]
    public async Task WorkOutsideOfARequestIsAnonymous()
    {
        await using var site = await StartAsync(theirTargeting: true, _ => { });

        (await site.Services.Manager().IsEnabledAsync("ada")).Should().BeFalse("Microsoft's accessor throws there");
    }

    private static Task<Site> StartAsync(bool theirTargeting, Action<WebApplication> map) => Site.StartAsync(services => Serve(services, theirTargeting), map);

    private static IFeatureManagementBuilder Serve(IServiceCollection services, bool theirTargeting, Action<ProgressiveDeliveryBuilder>? more = null)
    {
        services.AddControllers().AddApplicationPart(typeof(GatedController).Assembly);
        services.AddProgressiveDelivery(flags =>
        {
            flags.FromSnapshot(Some.Snapshot(Flags)).ServeFeatureManagement();
            more?.Invoke(flags);
            if (!theirTargeting)
                flags.AddAspNetCore();
        });
        var theirs = services.AddFeatureManagement();
        return theirTargeting ? theirs.WithTargeting() : theirs;
    }

    private static void Refuse(ActionExecutingContext context) => context.Result = new Microsoft.AspNetCore.Mvc.StatusCodeResult(451);

    private static async Task<bool> IsShownAsync(FeatureTagHelper helper)
    {
        var output = new TagHelperOutput("feature", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        output.Content.SetContent("content");
        await helper.ProcessAsync(new([], new Dictionary<object, object>(), "id"), output);
        return !output.Content.IsEmptyOrWhiteSpace;
    }

    internal interface ITheme;

    internal sealed class Dark : ITheme;

    internal sealed class Light : ITheme;
}
