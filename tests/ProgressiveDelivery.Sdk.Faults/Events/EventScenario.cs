using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>A client with an experiment, and sinks that fail.</summary>
public abstract class EventScenario : FaultScenario
{
    /// <summary>The longest that events wait for others; what sinks are given to answer is longer.</summary>
    private protected static readonly TimeSpan FlushInterval = new EventPipelineOptions().FlushInterval;

    private protected InMemorySnapshotSource Source { get; } = new(Experiment(1, 50));

    /// <summary>A document whose flag <c>checkout</c> divides its units in two.</summary>
    private protected static string Experiment(long version, int on) => Document.Of(version, flags: $$"""
        "checkout": {"type": "boolean", "variants": {"on": true, "off": false},
                     "default": {"experiment": {"key": "checkout-test", "split": {"on": {{on}}, "off": {{100 - on}} } } } },
        """);

    private protected async Task<Subject> StartAsync(Action<ProgressiveDeliveryBuilder> configure, TimeProvider? clock = null, Action<IServiceCollection>? services = null)
    {
        var subject = Client(flags => configure(flags.From(_ => Source)), clock, services);
        await subject.StartHostAsync();
        await subject.VersionAsync(1);
        return subject;
    }

    private protected static EventSinkStatus StatusOf(Subject subject, int sink = 0) => subject.Status.EventSinks[sink];

    private protected static void Expose(Subject subject, int from, int to)
    {
        for (var unit = from; unit < to; unit++)
            subject.Client.IsEnabled("checkout", new EvaluationContext($"unit-{unit}"));
    }

    /// <summary>Lets pauses and deadlines run out until a task is done.</summary>
    private protected async Task PassAsync(Task task)
    {
        await Clock.PassTimersUntilAsync(() => task.IsCompleted);
        await task;
    }

    /// <summary>Ends a client whose sink does not answer; its deadlines pass.</summary>
    private protected Task EndAsync(Subject subject) => PassAsync(subject.DisposeAsync().AsTask());
}
