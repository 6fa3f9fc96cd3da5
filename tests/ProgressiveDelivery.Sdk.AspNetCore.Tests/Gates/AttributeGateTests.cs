using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

public class AttributeGateTests
{
    [Theory]
    [InlineData("/gated/Plain", "anna", HttpStatusCode.OK)]
    [InlineData("/gated/Plain", "bob", HttpStatusCode.NotFound)]
    [InlineData("/gated/Plain", null, HttpStatusCode.NotFound)]
    [InlineData("/gated/Blue", "anna", HttpStatusCode.OK)]
    [InlineData("/gated/Blue", "bob", HttpStatusCode.NotFound)]
    [InlineData("/gated/Both", "anna", HttpStatusCode.NotFound)]
    [InlineData("/gated/Secret", null, HttpStatusCode.Unauthorized)]
    [InlineData("/gated/Secret", "bob", HttpStatusCode.NotFound)]
    [InlineData("/gated/Secret", "anna", HttpStatusCode.OK)]
    [InlineData("/single/Shut", null, HttpStatusCode.NotFound)]
    [InlineData("/single/ShutOff", null, HttpStatusCode.OK)]
    [InlineData("/single/Forbidden", null, HttpStatusCode.Forbidden)]
    [InlineData("/single/Moved", null, HttpStatusCode.Found)]
    [InlineData("/single/Bound?number=x", null, HttpStatusCode.NotFound)]
    public async Task ActionIsReachedOnlyThroughAllItsGates(string path, string? user, HttpStatusCode status)
    {
        await using var app = await StartAsync();

        (await app.StatusAsync(path, user)).Should().Be(status);
    }

    [Theory]
    [InlineData("/gated-page", "anna", HttpStatusCode.OK)]
    [InlineData("/gated-page", "bob", HttpStatusCode.NotFound)]
    [InlineData("/plain-page", "bob", HttpStatusCode.OK)]
    [InlineData("/hub/negotiate", "anna", HttpStatusCode.OK)]
    [InlineData("/hub/negotiate", "bob", HttpStatusCode.NotFound)]
    [InlineData("/handler", "anna", HttpStatusCode.OK)]
    [InlineData("/handler", "bob", HttpStatusCode.NotFound)]
    public async Task PageHubAndHandlerAreGatedToo(string path, string user, HttpStatusCode status)
    {
        await using var app = await StartAsync();

        using var response = await app.SendAsync(path, user, path.StartsWith("/hub", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get);

        response.StatusCode.Should().Be(status);
    }

    [Theory]
    [InlineData("/gated/Plain", "anna", HttpStatusCode.NotFound)]
    [InlineData("/gated-page", "anna", HttpStatusCode.NotFound)]
    [InlineData("/hub/negotiate", "anna", HttpStatusCode.NotFound)]
    public async Task ControllersPagesAndHubsAreGatedAsAWhole(string path, string user, HttpStatusCode status)
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapControllers().RequireFeature(GateFlags.Shut);
            app.MapRazorPages().RequireFeature(GateFlags.Shut);
            app.MapHub<GatedHub>("/hub").RequireFeature(GateFlags.Shut);
        }, Configure);

        using var response = await app.SendAsync(path, user, path.StartsWith("/hub", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get);

        response.StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task ActionsOfDynamicAndConventionalRoutesAreGated()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapControllerRoute("default", "by-name/{controller}/{action}");
            app.MapDynamicControllerRoute<ToPlain>("dynamic/{action}");
        }, builder =>
        {
            Configure(builder);
            builder.Services.AddSingleton<ToPlain>();
        });

        (await app.StatusAsync("/by-name/plain/shut")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/by-name/plain/open")).Should().Be(HttpStatusCode.OK);
        (await app.StatusAsync("/dynamic/shut")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/dynamic/open")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ActionWithoutEndpointRoutingIsGated()
    {
        await using var app = await GateApp.StartAsync(app => app.UseMvc(routes => routes.MapRoute("default", "old/{controller}/{action}")), builder =>
        {
            Configure(builder);
            builder.Services.AddMvc(mvc => mvc.EnableEndpointRouting = false);
        });

        (await app.StatusAsync("/old/plain/open")).Should().Be(HttpStatusCode.OK);
        (await app.StatusAsync("/old/plain/shut")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task EachGateIsEvaluatedOnce()
    {
        await using var app = await GateApp.StartAsync(app => app.MapControllers(), builder =>
        {
            Configure(builder);
            builder.Services.AddSingleton<IFeatureClient>(new AnsweringClient());
        });

        (await app.StatusAsync("/gated/Blue", "anna")).Should().Be(HttpStatusCode.OK);

        ((AnsweringClient)app.Services.GetRequiredService<IFeatureClient>()).Asked.Should().Equal(GateFlags.ForAnna, GateFlags.Banner);
    }

    [Fact]
    public async Task MetadataOfTheApplicationsOwnIsEnforced()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/closed", () => "in").WithMetadata(new OwnMetadata(GateFlags.Shut));
            app.MapGet("/open", () => "in").WithMetadata(new OwnMetadata(GateFlags.Open));
        });

        (await app.StatusAsync("/closed")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/open")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public void BadValuesOfAnAttributeAreRejected()
    {
        FluentActions.Invoking(() => new RequireFeatureAttribute("")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new RequireFeatureAttribute("a") { Variant = " " }).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new RequireFeatureAttribute("a") { StatusCode = 302 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new RequireFeatureAttribute("a") { RedirectTo = "https://evil.example" }).Should().Throw<ArgumentException>();
    }

    private static Task<GateApp> StartAsync() => GateApp.StartAsync(app =>
    {
        app.MapControllers();
        app.MapRazorPages();
        app.MapHub<GatedHub>("/hub");
        app.MapGet("/handler", [RequireFeature(GateFlags.ForAnna)] () => "in");
    }, Configure);

    private static void Configure(WebApplicationBuilder builder)
    {
        UserHeader.AddTo(builder.Services);
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(AttributeGateTests).Assembly);
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Gates/Pages");
        builder.Services.AddSignalR();
    }

    private sealed record OwnMetadata(string Flag) : IFeatureGateMetadata
    {
        public string? Variant => null;

        public bool IsNegated => false;

        public GateResponse? Response => null;
    }

    private sealed class ToPlain : DynamicRouteValueTransformer
    {
        public override ValueTask<RouteValueDictionary> TransformAsync(Microsoft.AspNetCore.Http.HttpContext httpContext, RouteValueDictionary values)
        {
            values["controller"] = "plain";
            return new(values);
        }
    }
}
