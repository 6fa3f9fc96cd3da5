using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>What the passes share.</summary>
internal sealed class CompilationState(SnapshotDefinition definition, SnapshotLimits limits, KillSet kills)
{
    public SnapshotDefinition Definition => definition;

    public SnapshotLimits Limits => limits;

    public KillSet Kills => kills;

    public List<SnapshotDiagnostic> Diagnostics { get; } = [];

    /// <summary>The flags, in the order of the document; their nodes have the indexes from 0.</summary>
    public List<FlagNode> Flags { get; } = new(definition.Flags.Count);

    public Dictionary<string, FlagNode> FlagsByKey { get; } = new(definition.Flags.Count, StringComparer.Ordinal);

    public Dictionary<string, SegmentNode> Segments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LayerDefinition> Layers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HoldoutDefinition> Holdouts { get; } = new(StringComparer.Ordinal);

    /// <summary>Every experiment that owns slots, for the check that they do not overlap.</summary>
    public List<SlotClaim> Slots { get; } = [];

    /// <summary>All nodes, at their indexes.</summary>
    public List<GraphNode> Nodes { get; } = [];

    public CompilationResult Finish()
    {
        var flags = new CompiledFlag[Flags.Count];
        for (var i = 0; i < flags.Length; i++)
        {
            flags[i] = Flags[i].Compiled;
            flags[i].Seal();
        }

        return new(new Ruleset(definition.Version, definition.PublishedAt, definition.ExpiresAt, flags), Diagnostics);
    }
}
