using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Remembers what was reported of experiments.</summary>
internal sealed class NotedExperimentAlarm : IExperimentAlarm
{
    private readonly ConcurrentQueue<(string Fault, ExperimentHealth Health)> _noted = new();

    public IReadOnlyList<string> Faults => [.. _noted.Select(noted => noted.Fault)];

    public IReadOnlyList<ExperimentHealth> Health => [.. _noted.Select(noted => noted.Health)];

    public void Mismatched(ExperimentHealth health) => _noted.Enqueue(("mismatch", health));

    public void Crossed(ExperimentHealth health) => _noted.Enqueue(("crossover", health));

    public void Unassigned(ExperimentHealth health) => _noted.Enqueue(("unassigned", health));
}
