using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;

/// <summary>A preflight of CORS carries no user, and still gets the answer of the route.</summary>
public sealed class PreflightSelectionTests
{
    [Theory]
    [InlineData("/with", "https://shop.example")]
    [InlineData("/without", "https://new.example")]
    public async Task PreflightIsAnsweredByTheFallbackElseByTheFirstCandidate(string path, string origin)
    {
        await using var web = await WebUnderTest.StartAsync([SomeFlags.Text("checkout").For("new", "ada")], Map, Add);

        using var response = await web.SendAsync(path, null, HttpMethod.Options, ("Origin", origin), ("Access-Control-Request-Method", "PUT"));
        using var foreign = await web.SendAsync(path, null, HttpMethod.Options, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "PUT"));

        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal(origin);
        foreign.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
        web.App.Services.GetRequiredService<HeaderAuthentication.Counter>().Count.Should().Be(2, "only the middleware authenticates a preflight");
    }

    [Fact]
    public async Task RequestBehindThePreflightGetsItsVariant()
    {
        await using var web = await WebUnderTest.StartAsync([SomeFlags.Text("checkout").For("new", "ada")], Map, Add);

        using var response = await web.SendAsync("/without", "ada", HttpMethod.Put, ("Origin", "https://new.example"));
        using var other = await web.SendAsync("/without", "eve", HttpMethod.Put, ("Origin", "https://new.example"));

        (await response.Content.ReadAsStringAsync()).Should().Be("new");
        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("https://new.example");
        ((int)other.StatusCode).Should().Be(404);
    }

    private static void Map(WebApplication app)
    {
        app.UseCors();
        app.MapPut("/with", () => "other").RequireCors("shop");
        app.MapPut("/with", () => "new").WithFeatureVariant("checkout", "new").RequireCors("new");
        app.MapPut("/without", () => "new").WithFeatureVariant("checkout", "new").RequireCors("new");
        app.MapPut("/without", () => "odd").WithFeatureVariant("checkout", "odd").RequireCors("shop");
    }

    private static void Add(WebApplicationBuilder builder)
    {
        HeaderAuthentication.AddTo(builder);
        builder.Services.AddCors(cors =>
        {
            cors.AddPolicy("shop", policy => policy.WithOrigins("https://shop.example").AllowAnyMethod());
            cors.AddPolicy("new", policy => policy.WithOrigins("https://new.example").AllowAnyMethod());
        });
    }
}
