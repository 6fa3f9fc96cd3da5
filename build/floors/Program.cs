using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.Analysis;
using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Backends.Unleash;

// Goes through what needs packages: a poll and a stream over HTTP (Polly, server-sent events), a host, configuration, a health check, hashing, gRPC.
const string Document = """
    {"schema": "progressive-delivery/1", "version": 1, "flags": {
      "f": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"serve": {"rollout": {"to": "on", "percent": 100}}}], "default": "off"},
      "g": {"type": "boolean", "variants": {"on": true}, "default": "on"}}}
    """;

var port = FreePort();
using var backend = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
backend.Start();
_ = ServeAsync();

var builder = Host.CreateApplicationBuilder();
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["Poll:Address"] = $"http://127.0.0.1:{port}/poll",
    ["Poll:PollingInterval"] = "00:00:30",
    ["Poll:Headers:X-Environment"] = "floors",
});
builder.Services.AddMetrics();
builder.Services.AddHealthChecks().AddProgressiveDelivery();
builder.Services.AddProgressiveDelivery(flags => flags.FromHttp(builder.Configuration.GetSection("Poll")).Configure(options => options.FailFast = true));
builder.Services.AddProgressiveDelivery("stream", flags => flags.FromEventStream($"http://127.0.0.1:{port}/stream").Configure(options => options.FailFast = true));
using var host = builder.Build();
await host.StartAsync();

var user = new EvaluationContext("user-17") { ["since"] = DateTime.UtcNow };
Check("poll", host.Services.GetRequiredService<IFeatureClient>().EvaluateBoolean("f", user).Reason == EvaluationReason.Split);
Check("stream", host.Services.GetRequiredKeyedService<IFeatureClient>("stream").IsEnabled("f", user));
Check("health", (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status == HealthStatus.Healthy);

Backend("ConfigCat", flags => flags.FromConfigCat("configcat-sdk-1/0000000000000000000000/0000000000000000000000"));
Backend("Eppo", flags => flags.FromEppo("key"));
Backend("flagd", flags => flags.FromFlagd($"http://127.0.0.1:{port}"));
Backend("GrowthBook", flags => flags.FromGrowthBook("sdk-key"));
Backend("LaunchDarkly", flags => flags.FromLaunchDarkly("sdk-key"));
Backend("Microsoft", flags => flags.FromFeatureManagementFile("flags.json"));
Backend("Unleash", flags => flags.FromUnleash($"http://127.0.0.1:{port}/api", "token"));

await AnalyzeAsync();
await GateAsync();

await host.StopAsync();
Console.WriteLine($"floors: passed on {Environment.Version}");

static void Check(string what, bool holds)
{
    if (!holds)
        throw new InvalidOperationException($"Floors: '{what}' does not work on the oldest packages.");
}

// Through the embedded database and the special functions.
static async Task AnalyzeAsync()
{
    var events = Path.Combine(AppContext.BaseDirectory, "events.jsonl");
    await File.WriteAllLinesAsync(events, Enumerable.Range(0, 2_000).Select(number =>
        $$"""{"type":"exposure","id":"x{{number}}","time":"2026-03-02T08:00:00Z","unit":"u{{number}}","unitKind":"targetingKey","flag":"f","experiment":"e","variant":"{{(number % 2 == 0 ? "a" : "b")}}"}""")
        .Concat(Enumerable.Range(0, 2_000).Where(number => number % 3 == 0).Select(number =>
            $$"""{"type":"outcome","id":"o{{number}}","time":"2026-03-02T09:00:00Z","unit":"u{{number}}","unitKind":"targetingKey","metric":"purchase","value":1}""")));
    var plan = new ExperimentPlan
    {
        Experiment = "e",
        Variants = [new("a", 1), new("b", 1)],
        Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        End = new(2026, 3, 8, 0, 0, 0, TimeSpan.Zero),
        Metrics = [new() { Key = "purchase", Kind = MetricKind.Conversion, Outcomes = new("purchase"), Role = MetricRole.Primary }],
    };
    var report = ExperimentAnalysis.Judge(plan, await new DuckDbEvents(events).ReadAsync(plan), plan.End);
    Check("analysis", report.Data.Counts.OutcomesKept == 667 && report.Primary.Effects[0].PValue is > 0 and <= 1);
}

// An application of ASP.NET Core: context, frozen rules and gates.
static async Task GateAsync()
{
    var builder = WebApplication.CreateBuilder();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.AddProgressiveDelivery(flags => flags.FromDocument(Document).AddAspNetCore(request => request.FromQuery("country", "country")));
    await using var app = builder.Build();
    app.MapGet("/open", (IFeatureClient features) => features.IsEnabled("g")).RequireFeature("g");
    app.MapGet("/shut", () => "in").RequireFeature("f");        // an anonymous caller is in no rollout
    await app.StartAsync();
    using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
    Check("gate that is open", await client.GetStringAsync("/open") == "true");
    Check("gate that is shut", (await client.GetAsync("/shut")).StatusCode == HttpStatusCode.NotFound);
    await app.StopAsync();
}

// Made, and not started: what it is made of is there.
static void Backend(string name, Action<ProgressiveDelivery.Sdk.DependencyInjection.ProgressiveDeliveryBuilder> configure)
{
    using var services = new ServiceCollection().AddProgressiveDelivery(configure).BuildServiceProvider();
    Check(name, services.GetRequiredService<IFeatureClient>().Status.State == FeatureClientState.NotReady);
}

static int FreePort()
{
    using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
    socket.Start();
    return ((IPEndPoint)socket.LocalEndpoint).Port;
}

async Task ServeAsync()
{
    while (backend.IsListening)
    {
        var exchange = await backend.GetContextAsync();
        var isStream = exchange.Request.Url!.AbsolutePath == "/stream";
        exchange.Response.ContentType = isStream ? "text/event-stream" : "application/json";
        var text = isStream ? $"event: snapshot\ndata: {Document.ReplaceLineEndings("")}\n\n" : Document;
        await exchange.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await exchange.Response.OutputStream.FlushAsync();
        if (!isStream)
            exchange.Response.Close();
    }
}
