using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>What the refresh loop does between a document's bytes and a snapshot that may be put in force; no application calls it.</summary>
internal sealed class DocumentAcceptance
{
    private readonly SnapshotAcceptance _acceptance;
    private readonly FeatureSnapshot _nothing;

    public DocumentAcceptance()
    {
        var evaluation = new EvaluationServices(new AssignmentMemory(1_000_000), new());
        var services = new SnapshotServices(TimeProvider.System, evaluation, new(NullLogger.Instance, evaluation.Counters, strict: false));
        _acceptance = new(services, new(), maxQuarantinedShare: 0.25);
        _nothing = FeatureSnapshot.NotReady(services);
    }

    public bool Accepts(byte[] document) => Accepts(document, SnapshotJson.Format());

    public bool Accepts(byte[] document, ISnapshotFormat format) => Judge(document, format) is not null;

    /// <summary>How many of an accepted document's flags are quarantined; null: it is refused.</summary>
    public int? Quarantined(byte[] document, ISnapshotFormat format) => Judge(document, format)?.Rules.Quarantined;

    private FeatureSnapshot? Judge(byte[] document, ISnapshotFormat format) =>
        _acceptance.Judge(SnapshotReading.OfDocument(document), format, SnapshotOrigin.Source, _nothing).Snapshot;
}
