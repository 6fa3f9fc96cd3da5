using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Definitions as evaluations see them, compiled as the client compiles them.</summary>
internal static class CaseSnapshot
{
    /// <summary>Compiles a snapshot that is asked with a clock of its own.</summary>
    /// <param name="definition">What a reader made.</param>
    /// <param name="now">The moment of every evaluation; null: the real one.</param>
    /// <param name="assignments">Where sticky assignments are; null: nowhere.</param>
    public static FeatureSnapshot Of(SnapshotDefinition definition, DateTimeOffset? now = null, IAssignmentMemory? assignments = null) =>
        Of(SnapshotCompiler.Compile(definition, new()).Rules, now, assignments);

    public static FeatureSnapshot Of(Ruleset rules, DateTimeOffset? now = null, IAssignmentMemory? assignments = null)
    {
        TimeProvider clock = now is { } fixedNow ? new FakeTimeProvider(fixedNow) : TimeProvider.System;
        var services = new EvaluationServices(assignments ?? new AssignmentMemory(1_000), new());
        return new(rules, SnapshotOrigin.Source, new(clock, services, new(NullLogger.Instance, services.Counters, strict: false)));
    }
}
