using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Reads LaunchDarkly's flags and segments, as the polling endpoint and the stream's <c>put</c> have them. Safe to use from any thread.</summary>
/// <remarks>
/// Variants are named by the index of their variation: <c>0</c>, <c>1</c>. A flag whose variations have one JSON type has that type, any other is
/// JSON. A part that is malformed ends the evaluation of whoever comes there, with reason <see cref="EvaluationReason.Error"/>.
/// Unbounded ("big") segments have nobody in them: there is no store of their members.
/// </remarks>
public sealed class LaunchDarklyFormat : ISnapshotFormat
{
    private const string Document = "a LaunchDarkly payload";

    private readonly LaunchDarklyContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Makes a reader.</summary>
    /// <param name="mapping">How contexts stand for LaunchDarkly's; null: the defaults.</param>
    /// <param name="limits">How large a document may be; null: the defaults.</param>
    public LaunchDarklyFormat(LaunchDarklyContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "launchdarkly/1";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (Json.Find(root, "flags") is not { ValueKind: JsonValueKind.Object } flagsByKey)
            return BackendDocument.Refuse(root, Document, "no object 'flags'");
        if (flagsByKey.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } first && Json.Find(first.Value, "variations") is null or { ValueKind: JsonValueKind.Object })
            return BackendDocument.Refuse(root, Document, "flags without a list 'variations'");

        var references = new ReferenceReader(_mapping);
        var segments = Json.Members(root, "segments").Where(IsLive).ToDictionary(segment => segment.Name, segment => segment.Value, StringComparer.Ordinal);
        var clauses = new ClauseReader(references, segments.Keys.ToHashSet(StringComparer.Ordinal));
        FlagDefinition[] flags = [.. Json.Members(root, "flags").Where(IsLive).Select(flag => new FlagReader(flag.Name, flag.Value, references, clauses).Read())];
        return new(
            new()
            {
                Version = 0,
                Flags = flags,
                Segments = [.. segments.Select(segment => new SegmentReader(segment.Key, segment.Value, references, clauses).Read())],
                Cycles = CycleHandling.EndFlag,
            },
            [.. flags.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);
    }

    private static bool IsLive((string Name, JsonElement Value) item) => Json.Find(item.Value, "deleted") is not { ValueKind: JsonValueKind.True };
}
