using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>What the passes share.</summary>
internal sealed class CompilationState(SnapshotDefinition definition, SnapshotLimits limits, KillSet kills)
{
    private readonly Dictionary<string, AttributeReference> _references = new(StringComparer.Ordinal);
    private readonly List<string> _placeNames = [];

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
    public List<GraphNode> Nodes { get; } = new(definition.Flags.Count + definition.Segments.Count);

    /// <summary>Where in a node the compilation is; one node is compiled at a time.</summary>
    public Stack<(string? Member, int Index, string? Key)> Path { get; } = new();

    /// <summary>The reference of that text, the same for all who use it; null where it is malformed.</summary>
    public AttributeReference? Reference(string text)
    {
        if (!_references.TryGetValue(text, out var reference) && AttributeReference.TryParse(text, out reference))
            _references.Add(text, reference);
        return reference;
    }

    /// <summary>What a rule without an id is called: its place.</summary>
    public string PlaceName(int index)
    {
        while (_placeNames.Count <= index)
            _placeNames.Add(string.Create(CultureInfo.InvariantCulture, $"#{_placeNames.Count + 1}"));
        return _placeNames[index];
    }

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
