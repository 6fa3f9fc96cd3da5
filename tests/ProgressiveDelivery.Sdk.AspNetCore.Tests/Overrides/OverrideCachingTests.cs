using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Overriding;

/// <summary>An overridden response reaches no other user by a cache.</summary>
public sealed class OverrideCachingTests
{
    [Theory]
    [InlineData(null, "no-store, private")]
    [InlineData("public, max-age=60", "no-store, private")]
    [InlineData("no-store, no-transform", "no-store, no-transform")]
    public async Task OverriddenResponseMustNotBeStored(string? own, string expected)
    {
        await using var app = await OverrideApp.StartAsync(pipeline: app => app.MapGet("/own", (HttpContext http) => http.Response.Headers.CacheControl = own));

        using var overridden = await app.SendAsync("tester", "/own", headers: [(OverrideApp.Header, "banner=b")]);
        using var refused = await app.SendAsync("customer", "/own", headers: [(OverrideApp.Header, "banner=b")]);
        using var ignored = await app.SendAsync("tester", "/own", headers: [(OverrideApp.Header, "gone=b")]);

        overridden.Headers.CacheControl!.ToString().Split(", ").Should().BeEquivalentTo(expected.Split(", "));
        (refused.Headers.CacheControl?.Public ?? false).Should().Be(own?.Contains("public", StringComparison.Ordinal) ?? false);
        ignored.Headers.CacheControl?.ToString().Should().Be(refused.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task OutputCacheNeitherStoresNorServesAnOverriddenResponse()
    {
        await using var app = await OverrideApp.StartAsync(
            pipeline: static app =>
            {
                app.UseOutputCache();
                app.MapGet("/cached", static (IFeatureClient features) => OverrideApp.Text(features)).CacheOutput(static policy => policy.AddPolicy<CacheAll>().Expire(TimeSpan.FromHours(1)), excludeDefaultPolicy: true);
            },
            services: static services => services.AddOutputCache());

        (await app.ReadAsync("tester", "banner=b", "/cached")).Should().Be("b Override");
        (await app.ReadAsync("customer", null, "/cached")).Should().Be("a Default", "the tester's was not stored");
        (await app.ReadAsync("tester", "banner=c", "/cached")).Should().Be("c Override", "the customer's is not served");
        using var stored = await app.SendAsync("customer", "/cached");
        (await stored.Content.ReadAsStringAsync()).Should().Be("a Default");
        stored.Headers.Age.Should().NotBeNull("the cache is in use");
    }

    [Fact]
    public async Task ResponseCacheNeitherStoresNorServesAnOverriddenResponse()
    {
        await using var app = await OverrideApp.StartAsync(
            pipeline: static app =>
            {
                app.UseResponseCaching();
                app.MapGet("/cached", static (HttpContext http, IFeatureClient features) =>
                {
                    http.Response.Headers.CacheControl = "public, max-age=3600";
                    return OverrideApp.Text(features);
                });
            },
            services: static services => services.AddResponseCaching());

        (await app.ReadAsync("tester", "banner=b", "/cached")).Should().Be("b Override");
        (await app.ReadAsync("customer", null, "/cached")).Should().Be("a Default");
        (await app.ReadAsync("tester", "banner=c", "/cached")).Should().Be("c Override");
        using var stored = await app.SendAsync("customer", "/cached");
        stored.Headers.Age.Should().NotBeNull("the cache is in use");
    }

    /// <summary>Caches for everybody, signed in or not: the least careful policy.</summary>
    private sealed class CacheAll : IOutputCachePolicy
    {
        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (true, true, true, true);
            return default;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => default;
    }
}
