using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>The memory that a request costs.</summary>
public sealed class RequestAllocationTests(ITestOutputHelper output)
{
    private const int Requests = 1000;

    [Fact]
    public async Task EmptyRequestCostsLittle()
    {
        await using var services = Services();

        var without = Measure(services, new ApplicationBuilder(services).Build);
        var with = Measure(services, () => Pipeline(services, static _ => Task.CompletedTask));

        output.WriteLine($"{without} B without, {with} B with: {with - without} B for a request.");
        (with - without).Should().BeInRange(1, 900);
    }

#if NET9_0_OR_GREATER
    [Fact]
    public async Task QuestionsThatAskForNoAttributeCostNothingMore()
    {
        await using var services = Services();

        var none = Measure(services, () => Pipeline(services, static http => Ask(http, 0)));
        var one = Measure(services, () => Pipeline(services, static http => Ask(http, 1)));
        var ten = Measure(services, () => Pipeline(services, static http => Ask(http, 10)));

        output.WriteLine($"{none} B, {one} B with one question, {ten} B with ten.");
        (one, ten).Should().Be((none, none));
    }
#endif

    private static Task Ask(HttpContext http, int times)
    {
        var features = http.RequestServices.GetRequiredService<IFeatureClient>();
        for (var i = 0; i < times; i++)
            features.IsEnabled("on");
        return Task.CompletedTask;
    }

    private static RequestDelegate Pipeline(ServiceProvider services, RequestDelegate answer)
    {
        var app = new ApplicationBuilder(services);
        services.GetServices<IStartupFilter>().Reverse().Aggregate((Action<IApplicationBuilder>)(inner => inner.Run(answer)), static (next, filter) => filter.Configure(next))(app);
        return app.Build();
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(static flags => flags.FromDocument(TestApp.Document(1, TestApp.Always("on", "on"))).AddAspNetCore()).BuildServiceProvider();
        services.GetRequiredService<IFeatureClient>().IsEnabled("on", EvaluationContext.Empty).Should().BeTrue();
        return services;
    }

    // The request's own objects are made by each run alike. The least of several rounds: what else the process does is not the request's.
    private static long Measure(ServiceProvider services, Func<RequestDelegate> build)
    {
        var pipeline = build();
        Run(pipeline, services);
        return Enumerable.Range(0, 5).Min(_ => Run(pipeline, services)) / Requests;
    }

    private static long Run(RequestDelegate pipeline, ServiceProvider services)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Requests; i++)
        {
            using var scope = services.CreateScope();
            var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            http.Features.Set<IHttpRequestLifetimeFeature>(Lifetime.Instance);
            pipeline(http).GetAwaiter().GetResult();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public static Lifetime Instance { get; } = new();

        public CancellationToken RequestAborted { get; set; }

        public void Abort()
        {
        }
    }
}
