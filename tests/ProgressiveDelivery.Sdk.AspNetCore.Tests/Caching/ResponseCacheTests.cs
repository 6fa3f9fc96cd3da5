using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Caching;

/// <summary>A cache that reads <c>Cache-Control</c>, in the process or on the way to the user, gives no user the variant of another one.</summary>
public sealed class ResponseCacheTests
{
    private static readonly FlagDefinition Checkout = SomeFlags.Text("checkout").For("new", "ada");

    private int _made;

    [Theory]
    [InlineData("/before")]
    [InlineData("/after")]
    [InlineData("/writer")]
    [InlineData("/empty")]
    public async Task MiddlewareForResponseCachingStoresNoPersonalResponse(string path)
    {
        await using var web = await StartAsync(Checkout);

        using var first = await web.SendAsync(path, "ada");
        using var second = await web.SendAsync(path, "eve");

        first.Headers.GetValues("X-Page").Should().Equal("new 1");
        second.Headers.GetValues("X-Page").Should().Equal("old 2");
        first.Headers.CacheControl!.ToString().Should().Be("max-age=60, private");
    }

    [Fact]
    public async Task ResponseThatIsTheSameForAllIsStored()
    {
        await using var web = await StartAsync(SomeFlags.Text("checkout"));

        using var first = await web.SendAsync("/after", "ada");
        using var second = await web.SendAsync("/after", "eve");

        second.Headers.GetValues("X-Page").Should().Equal("old 1");
        second.Headers.CacheControl!.Public.Should().BeTrue();
    }

    [Fact]
    public async Task IgnoredFlagLeavesAResponseShared()
    {
        await using var web = await StartAsync(Checkout, options => options.IgnoredFlags.Add("checkout"));

        using var first = await web.SendAsync("/after", "ada");
        using var second = await web.SendAsync("/after", "eve");

        second.Headers.GetValues("X-Page").Should().Equal("new 1");
    }

    [Theory]
    [InlineData(null, "private")]
    [InlineData("public, max-age=60, s-maxage=600", "max-age=60, private")]
    [InlineData("max-age=60", "max-age=60, private")]
    [InlineData("no-cache", "no-cache, private")]
    [InlineData("no-store", "no-store")]
    [InlineData("private=\"X-Name\", max-age=60", "max-age=60, private")]
    [InlineData("max-age=60, private", "max-age=60, private")]
    [InlineData("public; what?", "private")]
    public async Task StricterHeadersOfTheApplicationStay(string? set, string expected)
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app => app.MapGet("/", (IFeatureClient features, HttpResponse response) =>
        {
            if (set is not null)
                response.Headers.CacheControl = set;
            response.Headers["CDN-Cache-Control"] = "max-age=600";
            response.Headers["Surrogate-Control"] = "max-age=600";
            return features.GetString("checkout", "?");
        }));

        using var response = await web.SendAsync("/");

        response.Headers.GetValues("Cache-Control").Should().Equal(expected);
        response.Headers.Contains("CDN-Cache-Control").Should().BeFalse();
        response.Headers.Contains("Surrogate-Control").Should().BeFalse();
    }

    [Fact]
    public async Task FlagThatIsAskedAfterTheHeadersWereSetCounts()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app => app.MapGet("/", async (IFeatureClient features, HttpResponse response) =>
        {
            var body = response.Body;
            Share(response);
            await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Page(features)));
        }));

        using var response = await web.SendAsync("/");

        response.Headers.CacheControl!.ToString().Should().Be("max-age=60, private");
    }

    [Fact]
    public async Task ResponseWithoutAQuestionKeepsItsHeaders()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app => app.MapGet("/", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=60";
            response.Headers["CDN-Cache-Control"] = "max-age=600";
            return "";
        }));

        using var response = await web.SendAsync("/");

        response.Headers.GetValues("Cache-Control").Should().Equal("public, max-age=60");
        response.Headers.Contains("CDN-Cache-Control").Should().BeTrue();
    }

    private Task<WebUnderTest> StartAsync(FlagDefinition flag, Action<FeatureCachingOptions>? configure = null) => WebUnderTest.StartAsync([flag], app =>
    {
        app.UseAuthentication();
        app.UseResponseCaching();
        app.MapGet("/before", (IFeatureClient features, HttpResponse response) =>
        {
            var page = Page(features);
            Share(response);
            response.Headers["X-Page"] = page;
            return response.WriteAsync(page);
        });
        app.MapGet("/after", (IFeatureClient features, HttpResponse response) =>
        {
            Share(response);
            var page = Page(features);
            response.Headers["X-Page"] = page;
            return response.WriteAsync(page);
        });
        app.MapGet("/writer", async (IFeatureClient features, HttpResponse response) =>
        {
            var headers = response.Headers;
            Share(response);
            var body = response.Body;
            var page = Page(features);
            headers["X-Page"] = page;
            await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(page));
        });
        app.MapGet("/empty", (IFeatureClient features, HttpResponse response) =>
        {
            Share(response);
            response.Headers["X-Page"] = Page(features);
        });
    }, builder =>
    {
        HeaderAuthentication.AddTo(builder);
        builder.Services.AddResponseCaching();
    }, features => features.ConfigureResponseCaching(configure ?? (static _ => { })));

    private string Page(IFeatureClient features) => $"{features.GetString("checkout", "?")} {Interlocked.Increment(ref _made)}";

    private static void Share(HttpResponse response) => response.Headers.CacheControl = "public, max-age=60";
}
