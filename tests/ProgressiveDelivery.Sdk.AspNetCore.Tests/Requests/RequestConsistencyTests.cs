using System.Runtime.CompilerServices;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>A request has one version of the rules, and nothing of it outlives it.</summary>
public sealed class RequestConsistencyTests : IAsyncDisposable
{
    private TestApp? _app;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task T06_RequestKeepsItsVersionAndAnswersEachContextForItself()
    {
        var reached = new TaskCompletionSource();
        var published = new TaskCompletionSource();
        await StartAsync(TestApp.OnWhere("beta", "team", "staff"), app => app.MapGet("/", async (IFeatureClient features, Asking service) =>
        {
            var before = Answers(features);
            reached.SetResult();
            await published.Task;
            var flow = await Task.Run(() => Answers(features));
            return $"{before} {flow} {service.Ask()} {features.Evaluate(new FeatureFlag<bool>("beta", false)).SnapshotVersion}";
        }));

        var request = _app!.GetAsync("/", "sub=u-1;team=staff");
        await reached.Task.WaitAsync(Wait.Patience);
        await _app.PublishAsync(2, TestApp.OnWhere("beta", "team", "none"));
        published.SetResult();

        (await request).Should().Be("True/True/False True/True/False True 1");
        reached = new();
        (await _app.GetAsync("/", "sub=u-1;team=staff")).Should().Be("False/False/True False/False/True False 2");

        static string Answers(IFeatureClient features) => string.Join('/', features.IsEnabled("beta"),
            features.IsEnabled("beta", new EvaluationContext("u-1") { ["team"] = "staff" }), features.IsEnabled("beta", new EvaluationContext("u-2") { ["team"] = "none" }));
    }

    [Fact]
    public async Task T10_LoopThatARequestStartedHasLiveRulesAndNothingOfTheRequest()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string>? loop = null;
        await StartAsync(
            TestApp.OnWhere("beta", "team", "staff"),
            app => app.MapGet("/", (IFeatureClient features, FeatureScopeBinding binding) =>
            {
                var reader = binding.Reader!;
                loop = Task.Run(async () =>
                {
                    await over.Task;
                    return $"{features.IsEnabled("beta")} {features.Evaluate(new FeatureFlag<bool>("beta", false)).SnapshotVersion} {binding.Reader is null} {reader.GetAttribute("tier").IsNull}";
                });
                return features.IsEnabled("beta");
            }));

        var request = await _app!.GetAsync("/", "sub=u-1;team=staff;tier=big");
        await _app.PublishAsync(2, TestApp.OnWhere("beta", "team", "staff"));
        over.SetResult();

        request.Should().Be("true");
        (await loop!.WaitAsync(Wait.Patience)).Should().Be("False 2 True True", "it is anonymous, on the rules in force");
    }

    [Fact]
    public void T10_NothingFlowsWithTheExecutionContext()
    {
        const System.Reflection.BindingFlags All = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public;
        var fields = typeof(RequestMiddleware).Assembly.GetTypes().Where(static type => type.Namespace == typeof(RequestMiddleware).Namespace).SelectMany(static type => type.GetFields(All)).ToList();

        fields.Should().Contain(static field => field.FieldType == typeof(HttpContext), "the reader has one, until the end");
        fields.Should().NotContain(static field => field.FieldType == typeof(IHttpContextAccessor) || (field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(AsyncLocal<>)));
    }

    [Fact]
    public async Task T10_LoopThatARequestStartedKeepsNoHttpContext()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? loop = null;
        WeakReference? request = null;
        await StartAsync(TestApp.Always("beta", "on"), app => app.MapGet("/", (HttpContext http, IFeatureClient features, FeatureScopeBinding binding) =>
        {
            features.IsEnabled("beta");
            request = new(http);
            loop = KeepAsync(features, binding.Reader!, over.Task);
        }));

        await _app!.GetAsync("/", "sub=u-1");

        await Wait.UntilAsync(() =>
        {
            GC.Collect();
            return !request!.IsAlive;
        });
        loop!.IsCompleted.Should().BeFalse();
        over.SetResult();
        await loop.WaitAsync(Wait.Patience);

        static async Task KeepAsync(IFeatureClient features, ContextReader reader, Task over)
        {
            await over;
            features.IsEnabled("beta").Should().BeTrue();
            reader.TargetingKey.Should().Be("u-1", "it was read in the request");
        }
    }

    [Fact]
    public void ReaderOfAnEndedRequestAnswersOnlyWhatItKnows()
    {
        var options = new RequestOptions().FromHeader("plan", "X-Plan").FromHeader("tier", "X-Tier").AddKind("organization", static _ => new("acme"));
        var http = new DefaultHttpContext { User = TestApp.Principal("sub=ada") };
        (http.Request.Headers["X-Plan"], http.Request.Headers["X-Tier"]) = ("gold", "big");
        var reader = new RequestContextReader(new(options, cookie: null, new(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, "default", options)), http);
        reader.GetAttribute("plan");

        reader.End();

        reader.GetAttribute("plan").AsString().Should().Be("gold");
        reader.GetAttribute("tier").IsNull.Should().BeTrue();
        reader.TargetingKey.Should().BeNull();
        reader.ToContext().Should().Be(new EvaluationContext { ["plan"] = "gold" });
    }

    [Fact]
    public async Task ScopeThatIsDisposedDoesNotThrow()
    {
        IFeatureClient? kept = null;
        IFeatureScope? scope = null;
        await StartAsync(TestApp.Always("beta", "on"), app => app.MapGet("/", (IFeatureClient features, IFeatureScope injected) => (kept, scope) = (features, injected)));

        await _app!.GetAsync("/", "sub=ada");
        await _app.PublishAsync(2, TestApp.Always("beta", "off"));

        kept!.IsEnabled("beta").Should().BeFalse("the rules in force answer");
        kept!.Track("late");
        scope!.IsEnabled("beta").Should().BeTrue("its rules stay");
    }

    [Fact]
    public async Task SingletonsAndOtherScopesHaveTheLiveRules()
    {
        var published = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        await StartAsync(TestApp.OnWhere("beta", "team", "staff"), app => app.MapGet("/", async (IFeatureClient features, Single single, IServiceScopeFactory scopes) =>
        {
            features.IsEnabled("beta");
            reached.SetResult();
            await published.Task;
            using var other = scopes.CreateScope();
            return string.Join(' ', Version(features), Version(single.Features), Version(other.ServiceProvider.GetRequiredService<IFeatureClient>()), single.Features.IsEnabled("beta"));
        }));

        var request = _app!.GetAsync("/", "sub=u-1;team=staff");
        await reached.Task.WaitAsync(Wait.Patience);
        await _app.PublishAsync(2, TestApp.OnWhere("beta", "team", "staff"));
        published.SetResult();

        (await request).Should().Be("1 2 2 False");

        static long? Version(IFeatureClient features) => features.Evaluate(new FeatureFlag<bool>("beta", false)).SnapshotVersion;
    }

    [Fact]
    public async Task NamedClientHasRulesAndContextOfItsOwn()
    {
        _app = await TestApp.StartAsync(
            TestApp.OnWhere("beta", "plan", "gold"),
            static options => options.FromHeader("plan", "X-Plan"),
            static app => app.MapGet("/", static (IFeatureClient first, [FromKeyedServices("second")] IFeatureClient second) => $"{first.IsEnabled("beta")} {second.IsEnabled("beta")}"),
            static services => services.AddProgressiveDelivery("second", static flags => flags
                .FromDocument(TestApp.Document(1, TestApp.OnWhere("beta", "plan", "free"))).AddAspNetCore(static options => options.FromQuery("plan", "plan"))));

        (await _app.GetAsync("/?plan=free", ("X-Plan", "gold"))).Should().Be("True True");
        (await _app.GetAsync("/?plan=gold", ("X-Plan", "free"))).Should().Be("False False");
    }

    [Fact]
    public async Task ClientWithoutAspNetCoreIsUntouched()
    {
        _app = await TestApp.StartAsync(
            TestApp.Always("beta", "on"),
            pipeline: static app => app.MapGet("/", static (IFeatureClient first, [FromKeyedServices("second")] IFeatureClient second) => $"{first.IsEnabled("beta")} {second.IsEnabled("beta")}"),
            services: static services => services.AddProgressiveDelivery("second", static flags => flags.FromDocument(TestApp.Document(1, TestApp.Always("beta", "on")))));

        (await _app.GetAsync("/")).Should().Be("True True");
    }

    [Fact]
    public async Task SecondCallForAClientAddsOptionsAndNoSecondUnitOfWork()
    {
        var reads = 0;
        _app = await TestApp.StartAsync(
            TestApp.OnWhere("beta", "plan", "gold"),
            static options => options.FromHeader("tier", "X-Tier"),
            static app => app.MapGet("/", static (IFeatureClient features, FeatureScopeBinding binding) => $"{features.IsEnabled("beta")} {binding.Reader!.GetAttribute("tier").AsString()}"),
            client: flags => flags.AddAspNetCore().AddAspNetCore(options => options.FromHeader("tier", "X-Tier").Add("plan", _ =>
            {
                reads++;
                return "gold";
            })));

        (await _app.GetAsync("/", ("X-Tier", "big"))).Should().Be("True big");
        reads.Should().Be(1);
        _app.App.Services.GetServices<RequestClient>().Should().ContainSingle();
    }

#pragma warning disable ASPDEPR008 // Applications from before the generic host still run on it.
    [Fact]
    public async Task ClassicStartupIsServedToo()
    {
        var host = WebHost.CreateDefaultBuilder()
            .UseTestServer()
            .UseDefaultServiceProvider(static provider => provider.ValidateScopes = true)
            .ConfigureServices(static services => services.AddProgressiveDelivery(static flags => flags
                .FromDocument(TestApp.Document(1, TestApp.OnWhere("beta", "plan", "gold"))).AddAspNetCore(static options => options.FromHeader("plan", "X-Plan"))))
            .Configure(static app => app.Run(static http => http.Response.WriteAsync(http.RequestServices.GetRequiredService<IFeatureClient>().IsEnabled("beta").ToString())))
            .Build();
        await using var ending = (IAsyncDisposable)host;
        await host.StartAsync();
        using var client = host.GetTestClient();
        client.DefaultRequestHeaders.Add("X-Plan", "gold");

        (await client.GetStringAsync(new Uri("/", UriKind.Relative))).Should().Be("True");
        await host.StopAsync();
    }
#pragma warning restore ASPDEPR008

    [Fact]
    public async Task ClientThatATestReplacedIsLeftAlone()
    {
        _app = await TestApp.StartAsync(
            TestApp.Always("beta", "on"),
            pipeline: static app => app.MapGet("/", static (IFeatureClient features) => features.IsEnabled("beta")),
            services: static services => services.AddSingleton<IFeatureClient>(Unusable.Client));

        (await _app.GetAsync("/")).Should().Be("true");

        ((Unusable)(object)_app.Features).Asked.Should().Be(1);
    }

    private async Task StartAsync(string flags, Action<WebApplication> pipeline) => _app = await TestApp.StartAsync(
        flags,
        pipeline: app =>
        {
            TestApp.SignIn(app);
            pipeline(app);
        },
        services: static services => services.AddScoped<Asking>().AddSingleton<Single>());

    internal sealed class Asking(IFeatureClient features)
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public bool Ask() => features.IsEnabled("beta");
    }

    internal sealed class Single(IFeatureClient features)
    {
        public IFeatureClient Features => features;
    }

    /// <summary>A client of a test, which counts the questions and knows nothing.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
    internal class Unusable : System.Reflection.DispatchProxy
    {
        public static IFeatureClient Client => Create<IFeatureClient, Unusable>();

        public int Asked { get; private set; }

        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != nameof(IFeatureEvaluator.IsEnabled))
                throw new InvalidOperationException($"{targetMethod.Name} was not expected.");
            Asked++;
            return true;
        }
    }
}
