using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Pages;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

/// <summary>The page over the flags of a document, with a status, counts and a trail that a test sets.</summary>
internal sealed class PageUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _client;
    private readonly ServiceProvider _services;

    private PageUnderTest(ServiceProvider client, FakeTimeProvider clock)
    {
        (_client, Clock) = (client, clock);
        Status = client.GetRequiredService<IFeatureClient>().Status;
        _services = new ServiceCollection()
            .AddSingleton(StandIn.Before(client.GetRequiredService<IFeatureClient>(), (nameof(IFeatureClient.Status), () => Status)))
            .AddSingleton(StandIn.Before(client.GetRequiredService<ISnapshotControl>(), (nameof(ISnapshotControl.AuditTrail), () => Trail)))
            .AddSingleton<IFeatureDiagnostics>(Diagnostics)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IHostEnvironment>(new Place())
            .BuildServiceProvider();
        Site = new(_services, new());
    }

    public static DateTimeOffset Now { get; } = new(2026, 11, 30, 14, 32, 7, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; }

    public DiagnosticsSite Site { get; }

    public CountingDiagnostics Diagnostics { get; } = new();

    /// <summary>The status of the client; at first that of the real one.</summary>
    public FeatureClientStatus Status { get; set; }

    public IReadOnlyList<ControlRecord> Trail { get; set; } = [];

    public ISnapshotControl Control => _client.GetRequiredService<ISnapshotControl>();

    /// <summary>The status that the last screen set.</summary>
    public int StatusCode { get; private set; }

    public static async Task<PageUnderTest> StartAsync(string flags)
    {
        var clock = new FakeTimeProvider(Now);
        var client = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddProgressiveDelivery(features => features.FromDocument(TestApp.Document(1042, flags))).BuildServiceProvider();
        await client.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync(Wait.Patience);
        return new(client, clock);
    }

    /// <summary>Has flags served so often in the next ten seconds.</summary>
    public void Serve(params (string Flag, string? Variant, long Count)[] counts) => Serve(EvaluationReason.Split, counts);

    public void Serve(EvaluationReason reason, params (string Flag, string? Variant, long Count)[] counts)
    {
        var before = Diagnostics.Served;
        Diagnostics.Counts = () => [.. before, .. counts.Select(count => new ServedCount(count.Flag, count.Variant, reason, count.Count))];
        Clock.Advance(TimeSpan.FromSeconds(10));
    }

    /// <summary>Draws what a screen writes into the page.</summary>
    public XElement Draw(Screen screen, string query = "", bool mayAct = false)
    {
        using var text = new StringWriter();
        var page = Page(query, mayAct);
        var html = new HtmlWriter(text, isServed: true);
        using (html.Element("main"))
            screen.Write(html, page);
        StatusCode = page.StatusCode;
        return XElement.Parse(text.ToString(), LoadOptions.PreserveWhitespace);
    }

    public ScreenContext Page(string query = "", bool mayAct = false)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new(query);
        return new(http, Site, mayAct, root: "") { Nonce = "n", FormToken = "token" };
    }

    public async ValueTask DisposeAsync()
    {
        Site.Served.Dispose();
        await _services.DisposeAsync();
        await _client.DisposeAsync();
    }

    private sealed class Place : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "Shop";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
