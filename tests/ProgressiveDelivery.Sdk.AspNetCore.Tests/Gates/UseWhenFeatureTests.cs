using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

public class UseWhenFeatureTests
{
    [Fact]
    public async Task BranchRunsWhileItsFlagServesItAndTheRestRunsAlways()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.UseWhenFeature(GateFlags.Open, Write("open"));
            app.UseWhenFeature(GateFlags.Shut, Write("shut"));
            app.UseWhenFeature(GateFlags.Unknown, Write("unknown"));
            app.UseWhenFeature(new FeatureFlag<bool>(GateFlags.Unknown, fallback: true), Write("fallback"));
            app.UseWhenFeature(GateFlags.Banner, "blue", Write("blue"));
            app.UseWhenFeature(GateFlags.Banner, "red", Write("red"));
            app.Run(http => http.Response.WriteAsync("end"));
        });

        (await app.Client.GetStringAsync(new Uri("/", UriKind.Relative))).Should().Be("open fallback blue end");
    }

    [Fact]
    public async Task BranchMayEndTheRequest()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.UseWhenFeature(GateFlags.Open, branch => branch.Run(http => http.Response.WriteAsync("closed for today")));
            app.MapGet("/", () => "in");
        });

        (await app.Client.GetStringAsync(new Uri("/", UriKind.Relative))).Should().Be("closed for today");
    }

    [Fact]
    public async Task EmptyNamesAndNullsAreRejected()
    {
        await using var app = GateApp.Build();

        FluentActions.Invoking(() => app.UseWhenFeature("", Write("x"))).Should().Throw<ArgumentException>().WithParameterName("flag");
        FluentActions.Invoking(() => app.UseWhenFeature("a", " ", Write("x"))).Should().Throw<ArgumentException>().WithParameterName("variant");
        FluentActions.Invoking(() => app.UseWhenFeature("a", null!)).Should().Throw<ArgumentNullException>().WithParameterName("configuration");
        FluentActions.Invoking(() => ((IApplicationBuilder)null!).UseWhenFeature("a", Write("x"))).Should().Throw<ArgumentNullException>().WithParameterName("app");
    }

    private static Action<IApplicationBuilder> Write(string text) => branch => branch.Use(async (http, next) =>
    {
        await http.Response.WriteAsync(text + " ");
        await next(http);
    });
}
