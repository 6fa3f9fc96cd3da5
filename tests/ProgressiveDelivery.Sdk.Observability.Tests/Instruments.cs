using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Observability.Tests;

/// <summary>The instruments of a client with everything on.</summary>
internal static class Instruments
{
    public static IReadOnlyList<Instrument> All { get; } = Find();

    /// <summary>The tags of each instrument besides the client's.</summary>
    public static IReadOnlyDictionary<string, string[]> Tags { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["progressive_delivery.evaluations"] = ["flag", "variant", "reason"],
        ["progressive_delivery.unknown_flags"] = [],
        ["progressive_delivery.missing_units"] = [],
        ["progressive_delivery.snapshot.version"] = [],
        ["progressive_delivery.snapshot.age"] = [],
        ["progressive_delivery.stale"] = [],
        ["progressive_delivery.quarantined"] = [],
        ["progressive_delivery.propagation"] = [],
        ["progressive_delivery.refreshes"] = ["result"],
        ["progressive_delivery.failovers"] = ["source"],
        ["progressive_delivery.stream.state"] = ["source", "state"],
        ["progressive_delivery.overrides"] = [],
        ["progressive_delivery.held"] = [],
        ["progressive_delivery.guard.trips"] = ["flag", "guard", "response"],
        ["progressive_delivery.guard.tripped"] = ["flag", "guard", "response"],
        ["progressive_delivery.ramps.paused"] = [],
        ["progressive_delivery.events.queued"] = ["sink"],
        ["progressive_delivery.events.sent"] = ["sink"],
        ["progressive_delivery.events.aggregated"] = ["sink"],
        ["progressive_delivery.events.deferred"] = ["sink"],
        ["progressive_delivery.events.spilled"] = ["sink"],
        ["progressive_delivery.events.spill_size"] = ["sink"],
        ["progressive_delivery.events.recovered"] = ["sink"],
        ["progressive_delivery.events.lost"] = ["sink", "cause"],
        ["progressive_delivery.assignments"] = ["result"],
        ["progressive_delivery.assignments.store_calls"] = ["operation", "result"],
        ["progressive_delivery.assignments.queued"] = [],
        ["progressive_delivery.assignments.evicted"] = [],
        ["progressive_delivery.forced_variants"] = [],
        ["progressive_delivery.experiment.units"] = ["flag", "experiment", "variant"],
        ["progressive_delivery.experiment.p_value"] = ["flag", "experiment"],
        ["progressive_delivery.experiment.mismatch"] = ["flag", "experiment"],
        ["progressive_delivery.experiment.crossovers"] = ["flag", "experiment"],
        ["progressive_delivery.experiment.unassigned"] = ["flag", "experiment"],
        ["progressive_delivery.migration.operations"] = ["migration", "operation", "stage", "side", "result"],
        ["progressive_delivery.migration.duration"] = ["migration", "operation", "side"],
        ["progressive_delivery.migration.checks"] = ["migration", "result"],
        ["progressive_delivery.migration.fallbacks"] = ["migration"],
        ["progressive_delivery.migration.safe_stages"] = ["migration"],
        ["progressive_delivery.executions"] = ["flag", "variant", "result"],
        ["progressive_delivery.execution.duration"] = ["flag", "variant"],
        ["progressive_delivery.execution.fallbacks"] = ["flag", "variant"],
    };

    private static List<Instrument> Find()
    {
        using var services = new ServiceCollection().AddMetrics()
            .AddProgressiveDelivery(client => client.FromDocument("""{"schema":"progressive-delivery/1","version":1,"flags":{}}""").CountEvaluations().SendEventsTo(new InMemoryEventSink()).StoreAssignmentsIn(new Export.ForgetfulStore())
                .AddMigration<int, int>("customers", static (_, _) => { }))
            .BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var found = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == meters)
                found.Add(instrument);
        };
        listener.Start();
        services.GetRequiredService<IFeatureClient>();
        services.GetRequiredKeyedService<Migration<int, int>>("customers");
        return found;
    }
}
