using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>The state that the passes share, and from which a later compilation of similar definitions can start.</summary>
internal sealed class CompilationState
{
    private readonly Dictionary<(string Text, bool ObjectsOnly), AttributeReference> _references = [];
    private readonly List<string> _placeNames = [];
    private readonly List<(GraphNode? Node, SnapshotDiagnostic Diagnostic)> _reports = [];
    private readonly Dictionary<string, int> _flagPlaces;
    private readonly bool[]? _isFresh;
    private Ruleset? _previousRules;

    /// <summary>Creates the state of a full compilation.</summary>
    public CompilationState(SnapshotDefinition definition, SnapshotLimits limits, LocalOverlay overlay, PatternCache patterns)
    {
        (Definition, Limits, Overlay, Patterns) = (definition, limits, overlay, patterns);
        _flagPlaces = new(definition.Flags.Count, StringComparer.Ordinal);
        Flags = new(definition.Flags.Count);
        Nodes = new(definition.Flags.Count + definition.Segments.Count);
        Fresh = Nodes;
        Segments = new(StringComparer.Ordinal);
        Layers = new(StringComparer.Ordinal);
        Holdouts = new(StringComparer.Ordinal);
    }

    /// <summary>Creates the state of a compilation that replaces some nodes of a previous one and keeps all others.</summary>
    public CompilationState(CompilationState previous, SnapshotDefinition definition, LocalOverlay overlay, bool[] isFresh)
    {
        (Definition, Limits, Overlay, Patterns) = (definition, previous.Limits, overlay, previous.Patterns);
        _isFresh = isFresh;
        _previousRules = previous.Rules;
        _flagPlaces = previous._flagPlaces;
        _reports.AddRange(previous._reports.Where(report => report.Node is null || !isFresh[report.Node.Node.Index]));
        KeptSlots = [.. previous.Slots.Concat(previous.KeptSlots).Where(claim => !isFresh[claim.Flag.Node.Index])];
        Flags = new(previous.Flags);
        Nodes = new(previous.Nodes);
        Fresh = [];
        Segments = new(previous.Segments, StringComparer.Ordinal);
        Layers = previous.Layers;
        Holdouts = previous.Holdouts;
        Graph = ReferenceEquals(definition, previous.Definition) ? previous.Graph : null;
    }

    public SnapshotDefinition Definition { get; }

    public SnapshotLimits Limits { get; }

    public LocalOverlay Overlay { get; }

    /// <summary>The regular expressions of the client.</summary>
    public PatternCache Patterns { get; }

    /// <summary>The flags, in the order of the document; their nodes have the indexes from 0.</summary>
    public List<FlagNode> Flags { get; }

    public Dictionary<string, SegmentNode> Segments { get; }

    public Dictionary<string, LayerDefinition> Layers { get; }

    public Dictionary<string, HoldoutDefinition> Holdouts { get; }

    /// <summary>The slots of the experiments of all fresh flags, for the overlap check.</summary>
    public List<SlotClaim> Slots { get; } = [];

    /// <summary>The slots of all other flags, in layers without a fresh flag.</summary>
    public IReadOnlyList<SlotClaim> KeptSlots { get; } = [];

    /// <summary>All nodes, at their indexes.</summary>
    public List<GraphNode> Nodes { get; }

    /// <summary>The nodes to compile, by ascending index. No other node depends on one of them.</summary>
    public List<GraphNode> Fresh { get; }

    /// <summary>The dependencies between the definitions; null until an overlay needs them.</summary>
    public DependencyGraph? Graph { get; set; }

    /// <summary>The compiled rules; null until the compilation ends.</summary>
    public Ruleset? Rules { get; private set; }

    /// <summary>The current place in the node; one node is compiled at a time.</summary>
    public Stack<(string? Member, int Index, string? Key)> Path { get; } = new();

    public IEnumerable<string> FlagKeys => _flagPlaces.Keys;

    public bool IsFresh(int index) => _isFresh is null || _isFresh[index];

    public bool TryFindFlag(string key, [NotNullWhen(true)] out FlagNode? flag)
    {
        flag = _flagPlaces.TryGetValue(key, out var place) ? Flags[place] : null;
        return flag is not null;
    }

    /// <summary>Returns the node of a flag or segment; null for other names.</summary>
    public GraphNode? Find(DefinitionName name) => name.Kind switch
    {
        DefinitionKind.Flag => TryFindFlag(name.Name, out var flag) ? flag : null,
        DefinitionKind.Segment => Segments.GetValueOrDefault(name.Name),
        _ => null,
    };

    /// <summary>Adds a flag, after all others.</summary>
    public void Add(FlagNode flag)
    {
        flag.Node.Index = Nodes.Count;
        _flagPlaces.Add(flag.Definition.Key, Flags.Count);
        Flags.Add(flag);
        Nodes.Add(flag);
    }

    /// <summary>Adds a segment. All flags must be added before.</summary>
    public void Add(SegmentNode segment)
    {
        segment.Node.Index = Nodes.Count;
        Segments.Add(segment.Definition.Name, segment);
        Nodes.Add(segment);
    }

    /// <summary>Replaces the node at an index by a fresh one.</summary>
    public void Replace(int index, GraphNode fresh)
    {
        fresh.Node.Index = index;
        Nodes[index] = fresh;
        Fresh.Add(fresh);
        if (fresh is FlagNode flag)
            Flags[index] = flag;
        else if (fresh is SegmentNode segment)
            Segments[segment.Definition.Name] = segment;
    }

    /// <summary>Records a fault of a node or of the whole snapshot.</summary>
    public void Report(GraphNode? node, SnapshotDiagnostic diagnostic) => _reports.Add((node, diagnostic));

    /// <summary>Returns the reference of a text, shared by all its users; null if it is malformed.</summary>
    public AttributeReference? Reference(string text, bool objectsOnly)
    {
        if (!_references.TryGetValue((text, objectsOnly), out var reference) && AttributeReference.TryParse(text, objectsOnly, !Definition.WithoutHostFacts, out reference))
            _references.Add((text, objectsOnly), reference);
        return reference;
    }

    /// <summary>Returns the name of a rule without an id: its place.</summary>
    public string PlaceName(int index)
    {
        while (_placeNames.Count <= index)
            _placeNames.Add(string.Create(CultureInfo.InvariantCulture, $"#{_placeNames.Count + 1}"));
        return _placeNames[index];
    }

    public CompilationResult Finish()
    {
        foreach (var node in Fresh)
            (node as FlagNode)?.Compiled.Seal();

        Rules = _previousRules is null ? Whole() : Changed(_previousRules);
        _previousRules = null;
        return new(Rules, [.. _reports.Select(report => report.Diagnostic)], this);
    }

    private Ruleset Whole() =>
        new(Definition.Version, Definition.PublishedAt, Definition.ExpiresAt, [.. Flags.Select(flag => flag.Compiled)], Definition.KeyHash);

    private Ruleset Changed(Ruleset previous) => Fresh.Count == 0 && Definition.Version == previous.Version
        ? previous
        : previous.With(Definition.Version, Definition.PublishedAt, Definition.ExpiresAt, [.. Fresh.OfType<FlagNode>().Select(flag => flag.Compiled)]);
}
