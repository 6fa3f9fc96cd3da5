using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

public class EndpointGateTests
{
    private static readonly FeatureFlag<bool> OpenByFallback = new(GateFlags.Unknown, fallback: true);

    [Theory]
    [InlineData("/open", HttpStatusCode.OK)]
    [InlineData("/shut", HttpStatusCode.NotFound)]
    [InlineData("/open-off", HttpStatusCode.NotFound)]
    [InlineData("/shut-off", HttpStatusCode.OK)]
    [InlineData("/declared", HttpStatusCode.OK)]
    [InlineData("/declared-off", HttpStatusCode.NotFound)]
    public async Task FlagDecides(string path, HttpStatusCode status)
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/open", () => "in").RequireFeature(GateFlags.Open);
            app.MapGet("/shut", () => "in").RequireFeature(GateFlags.Shut);
            app.MapGet("/open-off", () => "in").RequireFeatureOff(GateFlags.Open);
            app.MapGet("/shut-off", () => "in").RequireFeatureOff(GateFlags.Shut);
            app.MapGet("/declared", () => "in").RequireFeature(new FeatureFlag<bool>(GateFlags.Open, fallback: false));
            app.MapGet("/declared-off", () => "in").RequireFeatureOff(new FeatureFlag<bool>(GateFlags.Open, fallback: false));
        });

        (await app.StatusAsync(path)).Should().Be(status);
    }

    [Theory]
    [InlineData("/blue", HttpStatusCode.OK)]
    [InlineData("/red", HttpStatusCode.NotFound)]
    [InlineData("/case", HttpStatusCode.NotFound)]
    [InlineData("/on", HttpStatusCode.OK)]
    [InlineData("/unknown", HttpStatusCode.NotFound)]
    public async Task VariantOfAFlagOfAnyTypeDecides(string path, HttpStatusCode status)
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/blue", () => "in").RequireFeature(GateFlags.Banner, "blue");
            app.MapGet("/case", () => "in").RequireFeature(GateFlags.Banner, "Blue");
            app.MapGet("/red", () => "in").RequireFeature(GateFlags.Banner, "red");
            app.MapGet("/on", () => "in").RequireFeature(GateFlags.Open, "on");
            app.MapGet("/unknown", () => "in").RequireFeature(GateFlags.Unknown, "on");
        });

        (await app.StatusAsync(path)).Should().Be(status);
    }

    [Fact]
    public async Task UnknownFlagIsItsFallbackAndTheCoreLogsItOnce()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/key", () => "in").RequireFeature(GateFlags.Unknown);
            app.MapGet("/declared", () => "in").RequireFeature(OpenByFallback);
            app.MapGet("/declared-off", () => "in").RequireFeatureOff(OpenByFallback);
            app.MapGet("/text", () => "in").RequireFeature(GateFlags.Banner);
        });

        (await app.StatusAsync("/key")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/declared")).Should().Be(HttpStatusCode.OK);
        (await app.StatusAsync("/declared-off")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/text")).Should().Be(HttpStatusCode.NotFound, "a text is not a boolean");
        app.Logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 101).Which.Level.Should().Be(LogLevel.Warning);
    }

    [Fact]
    public async Task GatesOfGroupsAndEndpointsAreAllRequired()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            var outer = app.MapGroup("/outer").RequireFeature(GateFlags.ForAnna);
            var inner = outer.MapGroup("/inner").RequireFeature(GateFlags.Open);
            inner.MapGet("/open", () => "in").RequireFeature(GateFlags.Banner, "blue");
            inner.MapGet("/shut", () => "in").RequireFeature(GateFlags.Open).RequireFeature(GateFlags.Shut);
            outer.MapGet("/plain", () => "in");
        }, builder => UserHeader.AddTo(builder.Services));

        (await app.StatusAsync("/outer/inner/open", "anna")).Should().Be(HttpStatusCode.OK);
        (await app.StatusAsync("/outer/inner/open", "bob")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/outer/inner/shut", "anna")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/outer/plain", "anna")).Should().Be(HttpStatusCode.OK);
        (await app.StatusAsync("/outer/plain")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GateIsEvaluatedAfterAuthorizationAndBeforeBinding()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/secret", () => "in").RequireFeature(GateFlags.ForAnna).RequireAuthorization();
            app.MapGet("/bound", (int number) => number).RequireFeature(GateFlags.ForAnna);
        }, builder => UserHeader.AddTo(builder.Services));

        (await app.StatusAsync("/secret")).Should().Be(HttpStatusCode.Unauthorized);
        (await app.StatusAsync("/secret", "bob")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/secret", "anna")).Should().Be(HttpStatusCode.OK);
        (await app.StatusAsync("/bound?number=x", "bob")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/bound?number=x", "anna")).Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task MetadataNamesTheGates()
    {
        await using var app = await GateApp.StartAsync(app =>
            app.MapGroup("/group").RequireFeatureOff(GateFlags.Shut).MapGet("/one", () => "in").RequireFeature(GateFlags.Banner, "blue", GateResponse.Forbidden));

        var endpoint = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Should().ContainSingle().Subject;

        endpoint.Metadata.GetOrderedMetadata<IFeatureGateMetadata>().Should().BeEquivalentTo(
        [
            new { Flag = GateFlags.Shut, Variant = (string?)null, IsNegated = true, Response = (GateResponse?)null },
            new { Flag = GateFlags.Banner, Variant = (string?)"blue", IsNegated = false, Response = (GateResponse?)GateResponse.Forbidden },
        ]);
    }

    [Fact]
    public async Task EmptyNamesAreRejectedWhereTheyAreGiven()
    {
        await using var app = GateApp.Build();
        var endpoint = app.MapGet("/", () => "in");

        Rejects(() => endpoint.RequireFeature(""), "flag");
        Rejects(() => endpoint.RequireFeature(" "), "flag");
        Rejects(() => endpoint.RequireFeature(GateFlags.Banner, ""), "variant");
        Rejects(() => endpoint.RequireFeature(GateFlags.Banner, (string)null!), "variant");
        Rejects(() => endpoint.RequireFeatureOff((string)null!), "flag");
        Rejects(() => endpoint.RequireFeature((FeatureFlag<bool>)null!), "flag");

        static void Rejects(Action act, string parameter) => act.Should().Throw<ArgumentException>().Which.ParamName.Should().Be(parameter);
    }

    [Fact]
    public async Task GateOfAnEndpointWithoutRulesIsClosed()
    {
        await using var app = await GateApp.StartAsync(
            app => app.MapGet("/", () => "in").RequireFeature(GateFlags.Open),
            flags: flags => flags.FromFile("missing.json"));

        (await app.StatusAsync("/")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task EndpointsOfAnyKindOfHandlerAreGated()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/delegate", (RequestDelegate)(http => http.Response.WriteAsync("in"))).RequireFeature(GateFlags.Shut);
            app.Map("/any", () => "in").RequireFeature(GateFlags.Shut);
            app.MapFallback("/fallback/{**rest}", () => "in").RequireFeature(GateFlags.Shut);
        });

        (await app.StatusAsync("/delegate")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/any")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/fallback/x")).Should().Be(HttpStatusCode.NotFound);
    }
}
