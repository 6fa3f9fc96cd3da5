using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>Snapshots in force whose outcomes are recorded: a boolean flag <c>checkout</c>, whose variants both have a watch.</summary>
internal sealed class ExecutionUnderTest
{
    public static readonly FeatureFlag<bool> Checkout = new("checkout", false);
    public static readonly EvaluationContext Ada = new("ada") { ["account"] = "acme" };

    public ExecutionUnderTest(bool needsUnit = false, bool isNoted = true)
    {
        (On, Off) = (new(needsUnit: needsUnit), new(needsUnit: needsUnit));
        Watcher["checkout", "on"] = [isNoted ? On : new SilentWatch()];
        Watcher["checkout", "off"] = [isNoted ? Off : new SilentWatch()];
        Ledger = new(Watcher, isNoted ? (_, _, elapsed) => Measured.Add(elapsed) : null, (metric, value) => Refused.Add((metric, value)), Faults.Add);
        var (counters, evaluation) = (new EvaluationCounters(), new EvaluationServices(new AssignmentMemory(100), new()));
        Services = new(
            Time,
            evaluation,
            new(Logger, counters, false),
            forcing: new(true, _ => { }, Logger, "shop"),
            outcomes: Ledger,
            executions: new(Logger, "shop"));
        Scopes = new(evaluation.WithoutEffects, outcomes: null, assignments: null);
        Features = Put(Flag("on"));
    }

    public FakeTimeProvider Time { get; } = new(Some.Monday);

    public FakeLogger Logger { get; } = new();

    public PlayedWatcher Watcher { get; } = new();

    public NotedWatch On { get; }

    public NotedWatch Off { get; }

    public OutcomeLedger Ledger { get; }

    public SnapshotServices Services { get; }

    public ScopePool Scopes { get; }

    public List<TimeSpan> Measured { get; } = [];

    public List<(string, double)> Refused { get; } = [];

    public List<Exception> Faults { get; } = [];

    /// <summary>The rules in force: the flag serves <c>on</c>.</summary>
    public FeatureSnapshot Features { get; }

    /// <summary>The calls so far that were counted, without results that never occurred: <c>checkout on ok 1</c>.</summary>
    public IEnumerable<string> Calls => Ledger.Calls.Where(calls => calls.Count > 0).Select(calls => $"{calls.Flag} {calls.Variant} {calls.Result} {calls.Count}");

    public IEnumerable<string> Fallbacks => Ledger.Fallbacks.Where(calls => calls.Count > 0).Select(calls => $"{calls.Flag} {calls.Variant} {calls.Count}");

    public static FlagDefinition Flag(OutcomeDefinition serve) => Some.Flag("checkout") with { Default = serve };

    /// <summary>Puts a flag in force, under an entry of the overlay if there is one.</summary>
    public FeatureSnapshot Put(FlagDefinition flag, OverlayEntry? overlay = null)
    {
        var rules = SnapshotCompiler.Compile(Some.Snapshot(flag), new(), overlay is null ? LocalOverlay.None : LocalOverlay.None.With(overlay)).Rules;
        var candidate = new FeatureSnapshot(rules, SnapshotOrigin.Source, Services);
        return candidate.InForce(isHeld: false, SnapshotChangeCause.Source, candidate);
    }

    /// <summary>Runs a call of the flag whose treatment throws; returns what its caller gets.</summary>
    public async Task<Exception?> FailAsync(Exception treatment, ExecutionOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await Features.ExecuteAsync(Checkout, Ada, _ => ValueTask.FromException<string>(treatment), static _ => new("control"), options, cancellationToken);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
