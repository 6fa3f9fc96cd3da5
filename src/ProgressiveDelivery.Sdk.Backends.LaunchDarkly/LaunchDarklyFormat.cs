using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Reads LaunchDarkly's flags and segments, in the form of the polling endpoint and of the stream's <c>put</c>. Safe to use from any thread.</summary>
/// <remarks>
/// Variants are named by the index of their variation: <c>0</c>, <c>1</c>. A flag whose variations have one JSON type has that type, any other is
/// JSON. A flag whose members are of other types than LaunchDarkly's is quarantined alone. Another malformed part ends the evaluations that reach it, with reason <see cref="EvaluationReason.Error"/>.
/// A context without a key, or with a kind that has none, gets the caller's fallback, with reason <see cref="EvaluationReason.TargetingKeyMissing"/>.
/// Unbounded ("big") segments are empty, because there is no store of their members.
/// </remarks>
public sealed class LaunchDarklyFormat : ISnapshotFormat
{
    private const string Document = "a LaunchDarkly payload";

    private static readonly string[] Signs = ["fallthrough", "offVariation", "deleted", "salt"];

    private readonly LaunchDarklyContextMapping _mapping;
    private readonly SnapshotLimits _limits;

    /// <summary>Creates a reader.</summary>
    /// <param name="mapping">The mapping of contexts to LaunchDarkly's; null for the defaults.</param>
    /// <param name="limits">The limits on the size of a document; null for the defaults.</param>
    public LaunchDarklyFormat(LaunchDarklyContextMapping? mapping = null, SnapshotLimits? limits = null) =>
        (_mapping, _limits) = (mapping ?? new(), limits ?? new());

    /// <inheritdoc/>
    public string Name => "launchdarkly/1";

    /// <inheritdoc/>
    public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => BackendDocument.Read(document, _limits, Read);

    private SnapshotReadResult Read(JsonElement root)
    {
        if (BackendJson.Find(root, "flags") is not { ValueKind: JsonValueKind.Object } all)
            return BackendDocument.Refuse(root, Document, "no object 'flags'");
        if (!Counts(all))
            return BackendDocument.Refuse(root, Document, "flags without a list 'variations'");

        var diagnostics = new List<SnapshotDiagnostic>();
        var references = new ReferenceReader(_mapping);
        var groups = BackendJson.Members(BackendJson.Find(root, "segments") ?? default, "segments", diagnostics).Where(IsLive).ToArray();
        var clauses = new ClauseReader(references, groups.Select(segment => segment.Key).ToHashSet(StringComparer.Ordinal));
        FlagDefinition[] flags = [.. BackendJson.Members(all, "flags", diagnostics).Where(IsLive).Select(flag =>
            BackendDocument.ReadFlag("flags", flag.Key, () => new FlagReader(flag.Key, flag.Value, references, clauses).Read()))];
        SegmentDefinition[] segments = [.. groups.Select(segment =>
            BackendDocument.ReadSegment("segments", segment.Key, () => new SegmentReader(segment.Key, segment.Value, references, clauses).Read()))];
        return new(
            new() { Version = 0, Flags = flags, Segments = segments, Cycles = CycleHandling.EndFlag, WithoutHostFacts = true },
            [.. diagnostics, .. flags.Select(flag => flag.Defect).Concat(segments.Select(segment => segment.Defect)).OfType<SnapshotDiagnostic>()]);
    }

    // One flag of LaunchDarkly's, live or deleted, is enough, and so is a document without flags: others may be malformed.
    private static bool Counts(JsonElement flags)
    {
        var hasOthers = false;
        foreach (var flag in flags.EnumerateObject())
        {
            if (BackendJson.Find(flag.Value, "variations") is { ValueKind: JsonValueKind.Array } || Array.Exists(Signs, sign => BackendJson.Find(flag.Value, sign) is not null))
                return true;
            hasOthers |= flag.Value.ValueKind != JsonValueKind.Object || flag.Value.EnumerateObject().Any();
        }

        return !hasOthers;
    }

    private static bool IsLive(KeyValuePair<string, JsonElement> item) => BackendJson.Find(item.Value, "deleted") is not { ValueKind: JsonValueKind.True };
}
