using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Finds the nodes that a change concerns: those that changed, whatever depends on them, and flags that share a layer with one of
/// these, whose slots may overlap now, or no longer.
/// </summary>
internal sealed class AffectedNodes
{
    private readonly CompilationState _previous;
    private readonly bool[] _affected;
    private readonly Queue<int> _unfollowed = new();
    private readonly ILookup<int, int> _users;
    private readonly ILookup<string, SlotClaim> _claimsByLayer;
    private readonly ILookup<int, string> _layersByFlag;

    private AffectedNodes(CompilationState previous)
    {
        _previous = previous;
        _affected = new bool[previous.Nodes.Count];
        _users = UsersOf(previous.Nodes);
        _claimsByLayer = previous.Slots.Concat(previous.KeptSlots).ToLookup(claim => claim.Layer, StringComparer.Ordinal);
        _layersByFlag = previous.Slots.Concat(previous.KeptSlots).ToLookup(claim => claim.Flag.Node.Index, claim => claim.Layer);
    }

    /// <summary>Tells of each index whether its node has to be compiled again.</summary>
    public static bool[] Of(
        CompilationState previous, Dictionary<string, FlagDefinition> flags, Dictionary<string, SegmentDefinition> segments, LocalOverlay overlay)
    {
        var nodes = new AffectedNodes(previous);
        foreach (var flag in flags.Values)
            nodes.AddChanged(flag);
        foreach (var name in segments.Keys)
            nodes.Add(previous.Segments[name].Node.Index);
        foreach (var key in LocalOverlay.Difference(previous.Overlay, overlay))
            nodes.AddFlag(key);
        nodes.Follow();
        return nodes._affected;
    }

    private void AddChanged(FlagDefinition flag)
    {
        AddFlag(flag.Key);
        foreach (var layer in LayersOf(flag))
            AddLayer(layer);
    }

    private void AddFlag(string key)
    {
        if (_previous.TryFindFlag(key, out var flag))
            Add(flag.Node.Index);
    }

    private void AddLayer(string layer)
    {
        foreach (var claim in _claimsByLayer[layer])
            Add(claim.Flag.Node.Index);
    }

    private void Add(int index)
    {
        if (_affected[index])
            return;
        _affected[index] = true;
        _unfollowed.Enqueue(index);
    }

    private void Follow()
    {
        while (_unfollowed.TryDequeue(out var index))
        {
            foreach (var user in _users[index])
                Add(user);
            foreach (var layer in _layersByFlag[index])
                AddLayer(layer);
        }
    }

    private static ILookup<int, int> UsersOf(List<GraphNode> nodes)
    {
        var edges = new List<(int Used, int User)>();
        foreach (var node in nodes)
        {
            foreach (var dependency in node.Dependencies)
                edges.Add((dependency, node.Node.Index));
        }

        return edges.ToLookup(edge => edge.Used, edge => edge.User);
    }

    private static IEnumerable<string> LayersOf(FlagDefinition flag) =>
        flag.Rules.Select(rule => rule.Serve).Append(flag.Default).SelectMany(serve => Parts(serve, depth: 0)).OfType<ExperimentServe>().Select(experiment => experiment.Layer).OfType<string>();

    private static IEnumerable<ServeDefinition?> Parts(ServeDefinition? serve, int depth) => serve switch
    {
        StepsServe steps when depth < SnapshotLimits.DeepestNesting => steps.Steps.SelectMany(step => Parts(step.Serve, depth + 1)),
        StickyServe sticky when depth < SnapshotLimits.DeepestNesting => Parts(sticky.Serve, depth + 1),
        _ => [serve],
    };
}
