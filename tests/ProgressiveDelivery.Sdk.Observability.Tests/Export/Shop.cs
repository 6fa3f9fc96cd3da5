using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Export;

/// <summary>A client with everything on, as a shop would register it: a source that is down, then a stream; counts, events of evaluations, a sink.</summary>
internal sealed class Shop : IAsyncDisposable
{
    /// <summary>The requests of the shop.</summary>
    public static readonly ActivitySource Requests = new("Shop");

    private static readonly FeatureFlag<bool> Page = new("checkout-page", false);

    private readonly ServiceProvider _services;
    private readonly ScriptedHttpServer _server = new();

    public Shop(Action<OpenTelemetryLoggerOptions> logs)
    {
        _server.Then(Feed.Reply());
        _services = new ServiceCollection()
            .AddMetrics()
            .AddLogging(logging => logging.AddOpenTelemetry(logs))
            .AddProgressiveDelivery(Name, client => client
                .From(_ => new DeadSource())
                .FromEventStream(_server.Address.ToString())
                .ConfigureHttpClient(http => http.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false }))
                .CountEvaluations()
                .EmitEvaluationEvents(events => events.TagActivity = true)
                .SendEventsTo(new RefusingSink())
                .StoreAssignmentsIn(new ForgetfulStore())
                .ConfigureEvents(events => events.MaxBatchEvents = 1)
                .AddMigration<int, string>("customers", static (options, _) =>
                {
                    (options.SafeStage, options.FallBackToOld, options.ReadOrder) = (MigrationStage.Live, true, MigrationReadOrder.Serial);
                    options.ReadOld = static (_, _) => new("ada");
                    options.ReadNew = static (key, _) => key == 0 ? throw new IOException("down") : new("ada");
                }))
            .BuildServiceProvider();
    }

    /// <summary>The client's name: other tests' clients are on the same meter.</summary>
    public string Name { get; } = $"shop-{Guid.NewGuid():N}";

    /// <summary>The address of the stream.</summary>
    public string Address => _server.Address.ToString();

    public EventFeed Feed { get; } = new();

    public IFeatureClient Client => _services.GetRequiredKeyedService<IFeatureClient>(Name);

    /// <summary>Lets two versions come into force, asks two flags in a request, and waits until the outcome of one is lost.</summary>
    public async Task RunAsync()
    {
        // Once the kill acts, all is counted that came before it.
        Feed.Event("snapshot", Rules(1), "1").Event("snapshot", Rules(2), "2").Event("kill", """{"version":2,"flag":"fence","variant":"off"}""", "3");
        await Client.WaitUntilReadyAsync(Until.Patience);
        await Until.HoldsAsync(() => Client.Explain("fence", EvaluationContext.Empty).Reason == EvaluationReason.Killed);
        using (Requests.StartActivity("GET /checkout"))
        {
            Client.IsEnabled("new-checkout", new("ada"));
            Client.EvaluateString("missing", new("ada"), "else");
        }

        Client.IsEnabled("banner", new("ada"));
        Client.Track("purchase", new("ada"), 12.5);
        await ExecuteAsync();
        await MigrateAsync();
        Trip();
        await Until.HoldsAsync(() => Client.Status.EventSinks.Single() is { Queued: 0, Lost: > 0 });
    }

    /// <summary>Exports the rest of the log; true if all of it was exported.</summary>
    public bool EndLogs() => _services.GetRequiredService<LoggerProvider>().Shutdown();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().AsTask().WaitAsync(Until.Patience);
        _server.Dispose();
    }

    // A call whose treatment succeeds, and one that control answers.
    private async Task ExecuteAsync()
    {
        var options = new ExecutionOptions { FallsBackToControl = true };
        foreach (var fails in new[] { false, true })
            await Client.ExecuteAsync(Page, new("ada"), fails, static (fails, _) => fails ? throw new IOException("down") : new ValueTask<int>(1), static (_, _) => new(2), options);
    }

    // A read that falls back, and one that is checked; the flag's value is no stage.
    private async Task MigrateAsync()
    {
        var migration = _services.GetRequiredKeyedService<Migration<int, string>>("customers");
        await migration.ReadAsync(0, new("ada"));
        var read = await migration.ReadWithDetailsAsync(1, new("ada"));
        await read.Check.WaitAsync(Until.Patience);
    }

    // The banner's guard finds a variant bad, once all else has been asked.
    private void Trip() => ((FeatureClient)Client).Canary.Trip(new()
    {
        Flag = "banner",
        Guard = "errors",
        Variant = "on",
        Response = GuardResponse.Revert,
        Served = "off",
        Evidence = "37 of 410 outcomes of 'on' were errors, against a limit of 1 %",
        Since = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
    });

    private static string Rules(long version) => $$$"""
        {"schema":"progressive-delivery/1","version":{{{version}}},"publishedAt":"2026-06-01T12:00:00Z","flags":{
        "new-checkout":{"type":"boolean","variants":{"on":true,"off":false},"rules":[{"id":"ada","when":{"attribute":"targetingKey","in":["ada"]},"serve":"on"}],"default":"off"},
        "customers":{"type":"string","variants":{"moved":"moved"},"default":"moved"},
        "checkout-page":{"type":"boolean","variants":{"on":true,"off":false},"default":"on"},
        "fence":{"type":"boolean","variants":{"on":true,"off":false},"default":"on"},
        "banner":{"type":"boolean","variants":{"on":true,"off":false},"default":{"experiment":{"key":"banner-2026","split":{"on":50,"off":50},"else":"off","sticky":{"version":1} } } } } }
        """.ReplaceLineEndings("");

    /// <summary>Does not take any event.</summary>
    private sealed class RefusingSink : IEventSink
    {
        public string Name => "warehouse";

        public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
            throw new EventSinkException("The warehouse does not know the metric.") { Kind = EventSinkFaultKind.Invalid };
    }
}
