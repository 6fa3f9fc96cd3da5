using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>A client over the snapshot, and what no application does itself: swapping at a moment of our choosing.</summary>
internal sealed class OurClient
{
    private readonly SnapshotServices _services;
    private readonly SnapshotStore _store;

    private OurClient(int count)
    {
        var evaluation = new EvaluationServices(new InMemoryAssignmentStore(InMemoryAssignmentStore.DefaultCapacity), new());
        _services = new(TimeProvider.System, evaluation, new(NullLogger.Instance, evaluation.Counters, strict: false));
        _store = new(Compile(OurFlags.Definition(count)));
        Features = new FeatureClient(_store);
    }

    public IFeatureClient Features { get; }

    public static OurClient Create(int count = FlagKeys.Count) => new(count);

    /// <summary>Compiled snapshots, not yet in force.</summary>
    public FeatureSnapshot Compile(SnapshotDefinition definition) =>
        new(SnapshotCompiler.Compile(definition, new()).Rules, SnapshotOrigin.Source, _services);

    public void Swap(FeatureSnapshot next) => _store.Publish(next);

    /// <summary>Everything between a document's bytes and a snapshot that may be put in force, as the refresh loop does it.</summary>
    public bool Accept(byte[] document)
    {
        var acceptance = new SnapshotAcceptance(_services, new(), quarantineShare: 0.25);
        var verdict = acceptance.Judge(SnapshotReading.OfDocument(document), SnapshotJson.Format(), SnapshotOrigin.Source, FeatureSnapshot.NotReady(_services));
        return verdict.Snapshot is not null;
    }
}
