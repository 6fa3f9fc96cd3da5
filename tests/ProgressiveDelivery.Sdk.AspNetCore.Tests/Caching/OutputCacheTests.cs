using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Caching;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Caching;

/// <summary>The output cache gives no user the variant of another one, even where the application lets it keep pages of users who are signed in.</summary>
public sealed class OutputCacheTests
{
    private static readonly FlagDefinition Checkout = SomeFlags.Text("checkout").For("new", "ada", "abe").For("odd", "odo");

    private int _made;

    [Fact]
    public async Task VariantsAreKeptApartAndSharedByTheirUsers()
    {
        await using var web = await StartAsync("checkout");

        (await web.GetAsync("/varied", "ada")).Should().Be("new 1");
        (await web.GetAsync("/varied", "eve")).Should().Be("old 2");
        (await web.GetAsync("/varied", "abe")).Should().Be("new 1");
        (await web.GetAsync("/varied")).Should().Be("old 2");
        (await web.GetAsync("/varied", "odo")).Should().Be("odd 3");
    }

    [Fact]
    public async Task PersonalResponseIsNotStoredWithoutItsFlagInTheKey()
    {
        await using var web = await StartAsync("other");

        (await web.GetAsync("/cached", "ada")).Should().Be("new 1");
        (await web.GetAsync("/cached", "eve")).Should().Be("old 2");
        (await web.GetAsync("/varied", "ada")).Should().Be("new 3");
        (await web.GetAsync("/varied", "abe")).Should().Be("new 4");
    }

    [Fact]
    public async Task ResponseWithoutPersonalAnswersIsStored()
    {
        await using var web = await StartAsync("checkout");
        await ReleaseAsync(web, SomeFlags.Text("checkout"));

        (await web.GetAsync("/cached", "ada")).Should().Be("old 1");
        (await web.GetAsync("/cached", "eve")).Should().Be("old 1");
    }

    [Fact]
    public async Task RequestsAtOnceAreNotGivenThePersonalResponseOfTheFirst()
    {
        var isMaking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var web = await StartAsync("checkout", async () =>
        {
            isMaking.TrySetResult();
            await mayAnswer.Task;
        });

        var first = web.GetAsync("/slow", "ada");
        await isMaking.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var second = web.GetAsync("/slow", "eve");
        mayAnswer.SetResult();

        (await first).Should().StartWith("new");
        (await second).Should().StartWith("old");
    }

    [Fact]
    public async Task IgnoredFlagLeavesAResponseShared()
    {
        await using var web = await StartAsync("checkout", configure: options => options.IgnoredFlags.Add("checkout"));

        (await web.GetAsync("/cached", "ada")).Should().Be("new 1");
        (await web.GetAsync("/cached", "eve")).Should().Be("new 1");
    }

    [Fact]
    public async Task KillReachesStoredResponses()
    {
        await using var web = await StartAsync("checkout");
        await ReleaseAsync(web, SomeFlags.Text("checkout") with { Default = "new" });
        (await web.GetAsync("/cached")).Should().Be("new 1");
        (await web.GetAsync("/cached")).Should().Be("new 1");

        await ReleaseAsync(web, SomeFlags.Text("checkout"));

        (await web.GetAsync("/cached")).Should().Be("old 2");
        (await web.GetAsync("/cached")).Should().Be("old 2");
    }

    [Fact]
    public async Task ResponseIsNotStoredBeforeThoseOfEarlierRulesAreEvicted()
    {
        await using var web = await StartAsync("checkout");
        var eviction = web.App.Services.GetRequiredService<OutputCacheEviction>();
        eviction.Dispose();     // it hears of nothing more
        await web.ReleaseAsync(SomeFlags.Text("checkout") with { Default = "new" });

        (await web.GetAsync("/cached")).Should().Be("new 1");
        (await web.GetAsync("/cached")).Should().Be("new 2");

        await eviction.StartAsync(default);
        await HasHeardAsync(web);
        (await web.GetAsync("/cached")).Should().Be("new 3");
        (await web.GetAsync("/cached")).Should().Be("new 3");
    }

    [Fact]
    public async Task ChangeOfAnotherFlagAndAHoldKeepResponses()
    {
        await using var web = await StartAsync("checkout");
        await ReleaseAsync(web, SomeFlags.Text("checkout"));
        (await web.GetAsync("/cached")).Should().Be("old 1");

        await ReleaseAsync(web, SomeFlags.Text("checkout"), SomeFlags.Text("other"));
        await web.App.Services.GetRequiredService<ISnapshotControl>().HoldAsync(new("ada", "INC-1"));
        await HasHeardAsync(web);

        (await web.GetAsync("/cached")).Should().Be("old 1");
        (await web.GetAsync("/varied", "ada")).Should().Be("old 2");
        (await web.GetAsync("/varied", "eve")).Should().Be("old 2", "a hold is no change of the rules, and what is made under it is stored");
    }

    [Fact]
    public async Task VariantIsAskedOfTheUserAlsoIfTheCacheComesBeforeAuthentication()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app =>
        {
            app.UseRouting();
            app.UseOutputCache();
            app.UseAuthentication();
            MapPages(app, null);
        }, builder => Add(builder, "checkout"));
        await HasHeardAsync(web);

        (await web.GetAsync("/varied", "ada")).Should().Be("new 1");
        (await web.GetAsync("/varied", "eve")).Should().Be("old 2");
        (await web.GetAsync("/varied", "abe")).Should().Be("new 1");
    }

    [Fact]
    public async Task ResponseOfAnotherVariantThanItsKeyIsNotStored()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app =>
        {
            app.UseOutputCache();
            app.MapGet("/forced", (IFeatureScope scope) =>
            {
                scope.ForceVariant("checkout", "odd", "a tester");
                return $"{scope.GetString("checkout", EvaluationContext.Empty, "?")} {++_made}";
            }).CacheOutput("all");
        }, builder => Add(builder, "checkout"), features => features.Configure(options => options.AllowForcedVariants = true));
        await HasHeardAsync(web);

        (await web.GetAsync("/forced", "ada")).Should().Be("odd 1");
        (await web.GetAsync("/forced", "ada")).Should().Be("odd 2");
    }

    [Fact]
    public void VaryingNamesFlags()
    {
        Action<OutputCachePolicyBuilder> empty = policy => policy.VaryByFeature();
        Action<OutputCachePolicyBuilder> blank = policy => policy.VaryByFeature("checkout", " ");

        Building(empty).Should().Throw<ArgumentException>().WithMessage("VaryByFeature names no flag.*");
        Building(blank).Should().Throw<ArgumentException>();

        static Action Building(Action<OutputCachePolicyBuilder> build) => () => new OutputCacheOptions().AddBasePolicy(build);
    }

    private async Task<WebUnderTest> StartAsync(string varied, Func<Task>? work = null, Action<FeatureCachingOptions>? configure = null)
    {
        var web = await WebUnderTest.StartAsync([Checkout], app =>
        {
            app.UseOutputCache();
            MapPages(app, work);
        }, builder => Add(builder, varied), features => features.ConfigureResponseCaching(configure ?? (static _ => { })));
        await HasHeardAsync(web);
        return web;
    }

    private static async Task ReleaseAsync(WebUnderTest web, params FlagDefinition[] flags)
    {
        await web.ReleaseAsync(flags);
        await HasHeardAsync(web);
    }

    // Rules are in force a moment before the cache hears of them; until then nothing is stored.
    private static async Task HasHeardAsync(WebUnderTest web)
    {
        var eviction = web.App.Services.GetRequiredService<OutputCacheEviction>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!eviction.HasHeardOf(eviction.Rules))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void MapPages(WebApplication app, Func<Task>? work)
    {
        string Page(IFeatureClient features) => $"{features.GetString("checkout", "?")} {Interlocked.Increment(ref _made)}";
        app.MapGet("/cached", Page).CacheOutput(policy => policy.AddPolicy<StoreAll>(), excludeDefaultPolicy: true);
        app.MapGet("/varied", Page).CacheOutput("all");
        app.MapGet("/slow", async (IFeatureClient features) =>
        {
            var page = Page(features);
            await work!();
            return page;
        }).CacheOutput(policy => policy.AddPolicy<StoreAll>(), excludeDefaultPolicy: true);
    }

    private static void Add(WebApplicationBuilder builder, string varied)
    {
        HeaderAuthentication.AddTo(builder);
        builder.Services.AddOutputCache(cache => cache.AddPolicy("all", policy => policy.AddPolicy<StoreAll>().VaryByFeature(varied), excludeDefaultPolicy: true));
    }

    /// <summary>Stores responses of users who are signed in, which the default policy does not.</summary>
    private sealed class StoreAll : IOutputCachePolicy
    {
        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = true;
            return default;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => default;
    }
}
