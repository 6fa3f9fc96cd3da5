using System.Diagnostics;
using System.Security.Claims;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.AspNetCore;

namespace ProgressiveDelivery.Sdk.Benchmarks.AspNetCore;

/// <summary>
/// The cost of a gate on an endpoint, over that of the endpoint alone. One operation is a request through the pipeline, without a server: services of the request, our middleware for its
/// context, routing, the endpoint. The peer's pipeline has no middleware.
/// </summary>
[MemoryDiagnoser]
public class GatedEndpoint
{
    public const int Calls = 256;

    private const string Open = "/open", Gated = "/gated", ByAttribute = "/attribute", Variant = "/variant";

    private const string Flags = """
        {
          "schema": "progressive-delivery/1",
          "version": 1,
          "flags": {
            "checkout": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" },
            "regional": {
              "type": "boolean", "variants": { "on": true, "off": false },
              "rules": [ { "when": { "attribute": "country", "in": ["FR"] }, "serve": "off" } ], "default": "on"
            }
          }
        }
        """;

    private readonly Pipeline _ours = new(
        static services => services.AddProgressiveDelivery(static flags => flags.FromDocument(Flags).AddAspNetCore()),
        static endpoints =>
        {
            endpoints.MapGet(Open, Answer);
            endpoints.MapGet(Gated, Answer).RequireFeature("checkout");
            endpoints.MapGet(ByAttribute, Answer).RequireFeature("regional");
            endpoints.MapGet(Variant, Answer).RequireFeature("checkout", "on");
        });

    private readonly Pipeline _peer = new(
        static services =>
        {
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("FeatureManagement:checkout", "true")]).Build());
            services.AddFeatureManagement();
        },
        static endpoints =>
        {
            endpoints.MapGet(Open, Answer);
            endpoints.MapGet(Gated, Answer).WithFeatureGate("checkout");
        });

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int Ungated() => _ours.Serve(Open);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int RequireFeature() => _ours.Serve(Gated);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int RequireVariant() => _ours.Serve(Variant);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int RequireFeatureByAttribute() => _ours.Serve(ByAttribute);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int FeatureManagementUngated() => _peer.Serve(Open);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int FeatureManagement() => _peer.Serve(Gated);

    /// <summary>The bytes of a request to the endpoint without a gate.</summary>
    public double BytesOfUngated()
    {
        Ungated();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ungated();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static void Answer()
    {
    }

    /// <summary>The pipeline of an application, and one request that is served again and again.</summary>
    private sealed class Pipeline
    {
        private readonly ServiceProvider _services;
        private readonly RequestDelegate _serve;
        private readonly DefaultHttpContext _http = new();

        public Pipeline(Action<IServiceCollection> register, Action<IEndpointRouteBuilder> map)
        {
            var services = new ServiceCollection();
            services.AddLogging().AddRouting().AddSingleton(new DiagnosticListener("benchmark"));
            register(services);
            _services = services.BuildServiceProvider();
            var app = new ApplicationBuilder(_services);
            Action<IApplicationBuilder> configure = app => app.UseRouting().UseEndpoints(map);
            foreach (var filter in _services.GetServices<IStartupFilter>().Reverse())
                configure = filter.Configure(configure);
            configure(app);
            _serve = app.Build();
            _http.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "user-17"), new("country", "NL")], "benchmark"));
            _http.Request.Method = HttpMethods.Get;
        }

        public int Serve(string path)
        {
            var served = 0;
            for (var call = 0; call < Calls; call++)
            {
                using var scope = _services.CreateScope();
                _http.RequestServices = scope.ServiceProvider;
                _http.Request.Path = path;
                _http.Response.StatusCode = StatusCodes.Status204NoContent;
                _http.SetEndpoint(null);
                if (!_serve(_http).IsCompletedSuccessfully || _http.Response.StatusCode != StatusCodes.Status204NoContent)
                    throw new InvalidOperationException($"The request to '{path}' was not served at once: {_http.Response.StatusCode}.");
                served++;
            }

            return served;
        }
    }
}
