using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Guards;

/// <summary>A client whose flag <c>checkout</c> has guards, and calls that run through it.</summary>
public abstract class GuardScenario : FaultScenario
{
    private protected const string Errors = """{"id": "errors", "kind": "error", "variant": "on", "limit": 0.05, "then": "off"}""";

    private protected static readonly FeatureFlag<bool> Checkout = new("checkout", fallback: false);

    private protected InMemorySnapshotSource Source { get; } = new(Guarded(1));

    private protected string Kept => Folder.File("kept");

    /// <summary>A document whose flag <c>checkout</c> is on for everybody, and guarded.</summary>
    private protected static string Guarded(long version, int attempt = 1, string guards = Errors, string serve = "\"on\"") => Document.Of(version, flags: $$"""
        "checkout": {"type": "boolean", "attempt": {{attempt}}, "default": {{serve}}, "guards": [{{guards}}] },
        """);

    private protected async Task<Subject> StartAsync(Action<ProgressiveDeliveryBuilder>? configure = null)
    {
        var subject = Client(flags =>
        {
            flags.From(_ => Source);
            configure?.Invoke(flags);
        });
        await subject.StartHostAsync();
        await Until.HoldsAsync(() => subject.Status.HasRules);
        return subject;
    }

    private protected static ISnapshotControl ControlOf(Subject subject) => subject.Services.GetRequiredService<ISnapshotControl>();

    private protected static GuardStatus GuardOf(Subject subject, string guard = "errors") => subject.Status.Guards.Single(status => status.Guard == guard);

    private protected static int TripsIn(Subject subject, string guard = "errors") =>
        ControlOf(subject).AuditTrail.Count(record => record.Kind == ControlActKind.GuardTripped && record.By.Contains(guard, StringComparison.Ordinal));

    /// <summary>Runs a call for a unit; returns what the flag gave it.</summary>
    private protected static bool Call(Subject subject, int unit, bool fails = false) => subject.Client.Execute(
        Checkout,
        new EvaluationContext($"unit-{unit}"),
        fails,
        static (fails, _) => fails ? throw new CheckoutException() : true,
        static (_, _) => false);

    /// <summary>Runs failing calls; returns how many were given the variant that fails.</summary>
    private protected static int Fail(Subject subject, int calls)
    {
        var failed = 0;
        for (var unit = 0; unit < calls; unit++)
        {
            try
            {
                Call(subject, unit, fails: true);
            }
            catch (CheckoutException)
            {
                failed++;
            }
        }

        return failed;
    }

    /// <summary>Begins a call that ends when the gate does.</summary>
    private protected static async Task<bool> CallAsync(Subject subject, int unit, Task<bool> gate) => await subject.Client.ExecuteAsync(
        Checkout,
        new EvaluationContext($"unit-{unit}"),
        gate,
        static async (gate, _) => await gate,
        static (_, _) => new(false));

    private protected sealed class CheckoutException : Exception;
}
