using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.AspNetCore;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Moving;

/// <summary>The steps of docs/guides/feature-management.md.</summary>
public sealed class StepTests
{
    [Fact]
    public async Task Step1IsTheApplicationAsItIs()
    {
        await using var site = await Site.StartAsync(services => services.AddFeatureManagement().WithTargeting(), Shop.Map, Shop.Configuration);

        await AnswersAreThoseOfTheConfigurationAsync(site);
    }

    [Fact]
    public async Task Step2ReadsTheSameConfigurationBesideIt()
    {
        await using var site = await Site.StartAsync(
            services =>
            {
                services.AddFeatureManagement().WithTargeting();
                services.AddProgressiveDelivery(flags => flags.FromFeatureManagement().AddAspNetCore());
            },
            app =>
            {
                Shop.Map(app);
                app.MapGet("/compare", async (HttpContext http, IFeatureManagerSnapshot theirs, IFeatureClient ours) =>
                    $"{await theirs.IsEnabledAsync("NewCheckout")} {ours.IsEnabled("NewCheckout")} {ours.GetString("Banner", "none")}");
            },
            Shop.Configuration);

        await AnswersAreThoseOfTheConfigurationAsync(site);
        (await site.GetAsync("/compare", "ada"), await site.GetAsync("/compare", "eve")).Should().Be(("True True SALE", "False False Welcome"));
    }

    [Fact]
    public async Task Step3ServesTheirInterfacesFromOurs()
    {
        await using var site = await Site.StartAsync(
            services =>
            {
                services.AddFeatureManagement().WithTargeting();
                services.AddProgressiveDelivery(flags => flags.FromFeatureManagement().AddAspNetCore().ServeFeatureManagement());
            },
            Shop.Map,
            Shop.Configuration);

        await AnswersAreThoseOfTheConfigurationAsync(site);
        site.Services.GetRequiredService<IFeatureManager>().GetType().Assembly.GetName().Name.Should().Be("ProgressiveDelivery.Sdk.FeatureManagement");
    }

    [Fact]
    public async Task Step4TakesAnotherBackend()
    {
        await using var site = await Site.StartAsync(
            services =>
            {
                services.AddFeatureManagement().WithTargeting();
                services.AddProgressiveDelivery(flags => flags.FromDocument(Shop.Snapshot).AddAspNetCore().ServeFeatureManagement());
            },
            Shop.Map);

        (await site.GetAsync("/checkout", "ada"), await site.GetAsync("/checkout", "eve"), await site.GetAsync("/checkout")).Should().Be(("new", "new", "404"));
        (await site.GetAsync("/banner", "ada"), await site.GetAsync("/banner", "eve")).Should().Be(("Welcome", "SALE"));
        (await site.GetAsync("/state", "eve"), await site.GetAsync("/state")).Should().Be(("on", "off"));
    }

    [Fact]
    public async Task Step5NeedsTheirLibraryNoMore()
    {
        await using var site = await Site.StartAsync(
            services => services.AddProgressiveDelivery(flags => flags.FromDocument(Shop.Snapshot).AddAspNetCore()),
            app =>
            {
                app.MapGet("/checkout", (IFeatureClient features) => features.IsEnabled("NewCheckout") ? Results.Text("new") : Results.NotFound());
                app.MapGet("/banner", (IFeatureClient features) => features.GetString("Banner", fallback: "Welcome"));
            });

        (await site.GetAsync("/checkout", "ada"), await site.GetAsync("/checkout")).Should().Be(("new", "404"));
        (await site.GetAsync("/banner", "ada"), await site.GetAsync("/banner", "eve")).Should().Be(("Welcome", "SALE"));
        site.Services.GetService<IFeatureManager>().Should().BeNull();
    }

    private static async Task AnswersAreThoseOfTheConfigurationAsync(Site site)
    {
        (await site.GetAsync("/checkout", "ada"), await site.GetAsync("/checkout", "eve"), await site.GetAsync("/checkout")).Should().Be(("new", "404", "404"));
        (await site.GetAsync("/banner", "ada"), await site.GetAsync("/banner", "eve"), await site.GetAsync("/banner")).Should().Be(("SALE", "Welcome", "Welcome"));
        (await site.GetAsync("/state", "ada"), await site.GetAsync("/state", "eve")).Should().Be(("on", "off"));
    }
}
