using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>
/// Reads Unleash's client features, whole (<c>features</c> and <c>segments</c>) or as the events that lead there (<c>events</c>). Safe to use from
/// any thread.
/// </summary>
/// <remarks>
/// A feature without variants is a boolean flag. One with variants answers whether it is on as a boolean, and as its own type the payload of the
/// variant: JSON or numbers where all payloads are, else text. <see cref="UnleashVariant"/> tells both, as Unleash's own libraries do.
/// </remarks>
public sealed class UnleashFormat : ISnapshotFormat
{
    private readonly UnleashContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">What stands for Unleash's context; null: the defaults.</param>
    /// <param name="limits">How large a document may be; null: the defaults.</param>
    public UnleashFormat(UnleashContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "unleash/2";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (Json.Find(root, "events") is { ValueKind: JsonValueKind.Array } events)
        {
            var state = new DeltaState();
            state.Apply(events);
            return Read(state.Features, state.Segments);
        }

        return Json.Find(root, "features") is { ValueKind: JsonValueKind.Array }
            ? Read(Json.Items(root, "features"), Json.Items(root, "segments"))
            : BackendDocument.Refuse(root, "an Unleash client-features document", "no list 'features'");
    }

    private SnapshotReadResult Read(IEnumerable<JsonElement> features, IEnumerable<JsonElement> segments)
    {
        var diagnostics = new List<SnapshotDiagnostic>();
        var constraints = new ConstraintReader(_mapping);
        var named = new Dictionary<string, Feature>(StringComparer.Ordinal);
        foreach (var feature in features)
        {
            if (Json.Text(feature, "name") is { Length: > 0 } name)
                named[name] = new(name, feature);
            else
                diagnostics.Add(new("PD1101", DiagnosticSeverity.Error, "$.features", "A feature has no 'name', and nobody can ask for it. Give it one."));
        }

        var known = segments.Where(segment => Json.Text(segment, "id") is not null).ToDictionary(segment => Json.Text(segment, "id")!, StringComparer.Ordinal);
        var reader = new FeatureReader(_mapping, constraints, named, known.Keys.ToHashSet(StringComparer.Ordinal));
        return new(
            new()
            {
                Version = 0,
                Flags = [.. named.Values.Select(reader.Read)],
                Segments = [.. known.Select(segment => new SegmentDefinition { Name = segment.Key, When = constraints.ReadAll(segment.Value) ?? new AllCondition([]) })],
            },
            diagnostics);
    }
}
