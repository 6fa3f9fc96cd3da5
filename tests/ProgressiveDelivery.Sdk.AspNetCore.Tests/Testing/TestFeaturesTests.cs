using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Testing;

/// <summary>Flags of a test in an application that a <see cref="WebApplicationFactory{TEntryPoint}"/> runs.</summary>
public sealed class TestFeaturesTests(TestFeaturesTests.Shop factory) : IClassFixture<TestFeaturesTests.Shop>
{
    [Theory, InlineData(true, "new"), InlineData(false, "old")]
    public async Task CheckoutFollowsItsFlag(bool isOn, string expected)
    {
        using var host = factory.WithWebHostBuilder(web => web.ConfigureTestServices(services => services.UseTestFeatures(flags => flags.Set("checkout", isOn))));

        (await host.CreateClient().GetStringAsync("/checkout")).Should().Be(expected);
    }

    [Fact]
    public async Task FlagChangesWhileTheHostRuns()
    {
        using var host = factory.WithWebHostBuilder(static web => web.ConfigureTestServices(static services => services.UseTestFeatures(static flags => flags.Set("checkout", true))));
        using var client = host.CreateClient();
        (await client.GetStringAsync("/checkout")).Should().Be("new");

        await host.Services.GetRequiredService<TestFeatures>().Set("checkout", false).AppliedAsync();

        (await client.GetStringAsync("/checkout")).Should().Be("old");
        (await host.Services.GetRequiredService<TestFeatures>().GetEventsAsync()).OfType<OutcomeEvent>().Should().HaveCount(2);
    }

    [Fact]
    public async Task VariantServiceIsChosenForTheRequest()
    {
        using var host = factory.WithWebHostBuilder(static web => web.ConfigureTestServices(static services => services.UseTestFeatures(static flags => flags.SetVariant("greeting", "loud"))));

        (await host.CreateClient().GetStringAsync("/greeting")).Should().Be(nameof(Loud));
    }

    /// <summary>An application whose source cannot be reached.</summary>
    public sealed class Shop : WebApplicationFactory<Shop>
    {
        protected override IHostBuilder CreateHostBuilder() => Host.CreateDefaultBuilder().ConfigureWebHostDefaults(static web => web
            .ConfigureServices(static services =>
            {
                services.AddRouting();
                services.AddProgressiveDelivery(static flags => flags.FromHttp("http://flags.invalid/").AddAspNetCore());
                services.AddVariantService<IGreeting>("greeting").For("loud").Use<Loud>().Otherwise<Quiet>();
            })
            .Configure(static app => app.UseRouting().UseEndpoints(static routes =>
            {
                routes.MapGet("/checkout", static (HttpContext http) =>
                {
                    var features = http.RequestServices.GetRequiredService<IFeatureClient>();
                    features.Track("visit", new EvaluationContext("visitor"));
                    return http.Response.WriteAsync(features.IsEnabled("checkout") ? "new" : "old");
                });
                routes.MapGet("/greeting", static http => http.Response.WriteAsync(http.RequestServices.GetRequiredService<IGreeting>().GetType().Name));
            })));

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseContentRoot(AppContext.BaseDirectory);
    }

    public interface IGreeting
    {
    }

    public sealed class Loud : IGreeting;

    public sealed class Quiet : IGreeting;
}
