using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk;

namespace Quickstart;

/// <summary>A web application that uses the SDK: a page of live decisions, and a button that publishes the next step of the canary.</summary>
internal static class LivePage
{
    public static async Task<int> ServeAsync(Backend backend, TemporaryFolder folder, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        builder.Services.AddFeatures(backend.SnapshotAddress, folder.Path);
        builder.Services.AddSingleton(new CanarySteps(backend));

        await using var app = builder.Build();
        app.MapGet("/", () => TypedResults.PhysicalFile(Path.Combine(AppContext.BaseDirectory, "page.html"), "text/html; charset=utf-8"));
        app.MapGet("/decisions", (IFeatureClient features, CanarySteps canary) => LiveDecisions.Of(features, canary));
        app.MapPost("/canary/next", (CanarySteps canary) => canary.PublishNext());

        await app.StartAsync(cancellationToken);
        Console.WriteLine($"Live decisions: {app.Urls.Single()}/\nThe backend:    {backend.SnapshotAddress}\nStop with Ctrl+C.");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
