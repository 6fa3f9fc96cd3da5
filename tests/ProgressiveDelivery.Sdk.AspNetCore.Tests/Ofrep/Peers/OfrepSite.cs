using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep.Peers;

/// <summary>A server with sockets that maps OFREP, and notes what is asked of it.</summary>
internal sealed class OfrepSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly InMemorySnapshotSource _source;

    private OfrepSite(WebApplication app, InMemorySnapshotSource source) => (_app, _source) = (app, source);

    public string Address => _app.Urls.Single();

    /// <summary>The statuses of answers, by path with query.</summary>
    public ConcurrentQueue<(string Path, int Status)> Answers { get; } = new();

    public static async Task<OfrepSite> StartAsync(string? script = null, string flags = OfrepApp.Flags)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var source = new InMemorySnapshotSource(TestApp.Document(1, flags));
        builder.Services.AddProgressiveDelivery(features => features.From(_ => source));
        var app = builder.Build();
        var site = new OfrepSite(app, source);
        app.Use(async (http, next) =>
        {
            await next(http);
            site.Answers.Enqueue((http.Request.Path + http.Request.QueryString, http.Response.StatusCode));
        });
        app.MapOfrep();
        app.MapGet("/", static () => Results.Text("""
            <!doctype html><title>Flags</title><p id="checkout"></p><p id="text"></p><p id="bare"></p><script type="module" src="/page.js"></script>
            """, "text/html"));
        app.MapGet("/page.js", () => Results.Text(script, "text/javascript"));
        await app.StartAsync();
        return site;
    }

    public void Publish(long version, string flags) => _source.Set(TestApp.Document(version, flags));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
