using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// Reads Unleash's client features, whole (<c>features</c> and <c>segments</c>) or as events (<c>events</c>). Safe to use from
/// any thread.
/// </summary>
/// <remarks>
/// A feature without variants is a boolean flag. A feature with variants returns its state as a boolean, and its variant's payload as its own type. That is
/// JSON or numbers if all payloads are, else text. <see cref="UnleashVariant"/> has both, as in Unleash's own libraries.
/// </remarks>
public sealed class UnleashFormat : ISnapshotFormat
{
    private readonly UnleashContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Creates a reader.</summary>
    /// <param name="mapping">The parts of a context that stand for Unleash's context; null for the defaults.</param>
    /// <param name="limits">The limits on the size of a document; null for the defaults.</param>
    public UnleashFormat(UnleashContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "unleash/2";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (BackendJson.Find(root, "events") is { ValueKind: JsonValueKind.Array } events)
        {
            var state = new DeltaState();
            state.Apply(events);
            return Read(state.Features, state.Segments);
        }

        return BackendJson.Find(root, "features") is { ValueKind: JsonValueKind.Array }
            ? Read(Json.ItemsOrNone(root, "features"), Json.ItemsOrNone(root, "segments"))
            : BackendDocument.Refuse(root, "an Unleash client-features document", "no list 'features'");
    }

    private SnapshotReadResult Read(IEnumerable<JsonElement> features, IEnumerable<JsonElement> segments)
    {
        var diagnostics = new List<SnapshotDiagnostic>();
        var constraints = new ConstraintReader(_mapping);
        var groups = BackendJson.Named(segments, "segments", segment => Json.Name(segment, "id"), diagnostics);
        var known = new FeatureSet(BackendJson.Named(features, "features", feature => Json.Name(feature, "name"), diagnostics));
        var reader = new FeatureReader(_mapping, constraints, known, groups.Select(segment => segment.Key).ToHashSet(StringComparer.Ordinal));
        FlagDefinition[] flags = [.. known.Names.Select(name => BackendDocument.ReadFlag("features", name, () => reader.Read(known.Get(name))))];
        SegmentDefinition[] read = [.. groups.Select(segment => BackendDocument.ReadSegment("segments", segment.Key, () => new() { Name = segment.Key, When = constraints.ReadAll(segment.Value) ?? new AllCondition([]) }))];
        return new(
            new() { Version = 0, Flags = flags, Segments = read },
            [.. diagnostics, .. flags.Select(flag => flag.Defect).Concat(read.Select(segment => segment.Defect)).OfType<SnapshotDiagnostic>()]);
    }
}
