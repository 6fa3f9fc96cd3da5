using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

/// <summary>Gates of applications that replace the client, or have none.</summary>
public class GateSurroundingsTests
{
    private const string Missing = "*finds no feature client for requests. Register it: services.AddProgressiveDelivery(flags => flags.AddAspNetCore()).";

    [Theory]
    [InlineData("anna", HttpStatusCode.OK)]
    [InlineData("bob", HttpStatusCode.NotFound)]
    public async Task FakeClientIsGivenTheContextOfTheRequest(string user, HttpStatusCode status)
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/on", () => "in").RequireFeature("anything");
            app.MapGet("/variant", () => "in").RequireFeature("anything", "blue");
        }, builder =>
        {
            UserHeader.AddTo(builder.Services);
            builder.Services.AddSingleton<IFeatureClient>(new AnsweringClient());
        });

        (await app.StatusAsync("/on", user)).Should().Be(status);
        (await app.StatusAsync("/variant", user)).Should().Be(status);
    }

    [Fact]
    public async Task GateWithoutTheServicesOfThePackageNamesTheLineToAdd()
    {
        await using var app = Bare();
        var next = 0;
        app.MapGet("/endpoint", () => next++).RequireFeature(GateFlags.Open);
        await app.StartAsync();
        using var client = app.GetTestClient();

        var ask = () => client.GetAsync(new Uri("/endpoint", UriKind.Relative));

        (await ask.Should().ThrowAsync<InvalidOperationException>()).WithMessage("The gate of flag 'open' " + Missing);
        next.Should().Be(0);
    }

    [Fact]
    public async Task AttributeWithoutTheServicesOfThePackageNamesTheLineToAdd()
    {
        await using var app = Bare();
        app.MapControllers();
        await app.StartAsync();
        using var client = app.GetTestClient();

        var ask = () => client.GetAsync(new Uri("/single/Shut", UriKind.Relative));

        (await ask.Should().ThrowAsync<InvalidOperationException>()).WithMessage("The gate of flag 'shut' " + Missing);
    }

    [Fact]
    public async Task BranchWithoutTheServicesOfThePackageNamesTheLineToAdd()
    {
        await using var app = Bare();

        var use = () => app.UseWhenFeature(GateFlags.Open, _ => { });

        use.Should().Throw<InvalidOperationException>().WithMessage("UseWhenFeature of flag 'open' " + Missing);
    }

    [Fact]
    public async Task GatesOfARequestAgreeThoughTheRulesChange()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.UseWhenFeature(GateFlags.Open, branch => branch.Use(async (http, next) =>
            {
                var control = http.RequestServices.GetRequiredService<ISnapshotControl>();
                await control.OverrideAsync(GateFlags.Open, "off", new("test", "a change during a request"));
                await next(http);
            }));
            app.MapGet("/", () => "in").RequireFeature(GateFlags.Open);
        });

        (await app.StatusAsync("/")).Should().Be(HttpStatusCode.OK);
        (await app.StatusAsync("/")).Should().Be(HttpStatusCode.NotFound);
    }

    private static WebApplication Bare()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GateApp).Assembly.GetName().Name });
        builder.WebHost.UseTestServer();
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(GateApp).Assembly);
        return builder.Build();
    }
}
