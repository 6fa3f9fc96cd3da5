using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Notes the outcomes of a variant, and throws where a test asks for it.</summary>
internal sealed class NotedWatch(string? metric = null, bool needsUnit = false) : OutcomeWatch
{
    private readonly ConcurrentQueue<ObservedOutcome> _noted = new();

    public Exception? Fault { get; init; }

    public Action? Observed { get; init; }

    public ObservedOutcome[] Noted => [.. _noted];

    public override string? Metric => metric;

    public override bool NeedsUnit => needsUnit;

    public override void Observe(in ObservedOutcome outcome)
    {
        _noted.Enqueue(outcome);
        Observed?.Invoke();
        if (Fault is not null)
            throw Fault;
    }
}
