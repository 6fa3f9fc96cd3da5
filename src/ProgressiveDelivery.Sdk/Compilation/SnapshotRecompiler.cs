using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Compiles definitions that differ little from previous ones: only the changes and all that depends on them. The rest is shared with the current
/// rules. The result equals that of a full compilation, and its cost is that of the changes and a few array copies. Added or removed names need a
/// full compilation.
/// </summary>
internal static class SnapshotRecompiler
{
    /// <summary>Compiles the definitions that result from a patch.</summary>
    public static CompilationResult Recompile(CompilationState previous, SnapshotDefinition definition, SnapshotPatch patch, LocalOverlay overlay)
    {
        if (!HasSameNames(previous, patch))
            return SnapshotCompiler.Compile(definition, previous.Limits, overlay, previous.Patterns);

        var flags = patch.Flags.ToDictionary(flag => flag.Key, StringComparer.Ordinal);
        var segments = patch.Segments.ToDictionary(segment => segment.Name, StringComparer.Ordinal);
        return Recompile(previous, definition, overlay, flags, segments);
    }

    /// <summary>Compiles the same definitions under another overlay.</summary>
    public static CompilationResult Recompile(CompilationState previous, LocalOverlay overlay)
    {
        if (HasDuplicates(previous))
            return SnapshotCompiler.Compile(previous.Definition, previous.Limits, overlay, previous.Patterns);
        previous.Graph ??= GraphOf(previous);       // overlays follow one another, each over the same definitions
        return Recompile(previous, previous.Definition, overlay, [], []);
    }

    private static CompilationResult Recompile(
        CompilationState previous,
        SnapshotDefinition definition,
        LocalOverlay overlay,
        Dictionary<string, FlagDefinition> flags,
        Dictionary<string, SegmentDefinition> segments)
    {
        var affected = Affected(previous, flags, segments, overlay);
        var state = new CompilationState(previous, definition, overlay, affected);
        for (var index = 0; index < affected.Length; index++)
        {
            if (affected[index])
                Declare(state, index, flags, segments);
        }

        return SnapshotCompiler.Compile(state);
    }

    // The changed nodes, those that depend on them, and flags that share a layer with either: slots in it may now overlap, or no longer overlap.
    private static bool[] Affected(
        CompilationState previous, Dictionary<string, FlagDefinition> flags, Dictionary<string, SegmentDefinition> segments, LocalOverlay overlay)
    {
        var names = new HashSet<DefinitionName>();
        foreach (var flag in flags.Values)
        {
            names.Add(new(DefinitionKind.Flag, flag.Key));
            names.UnionWith(DependencyGraph.ReferencesOf(flag).Where(IsLayer));
        }

        names.UnionWith(segments.Keys.Select(name => new DefinitionName(DefinitionKind.Segment, name)));
        names.UnionWith(LocalOverlay.Difference(previous.Overlay, overlay).Select(key => new DefinitionName(DefinitionKind.Flag, key)));
        (previous.Graph ?? GraphOf(previous)).AddUsers(names);

        var affected = new bool[previous.Nodes.Count];
        foreach (var name in names)
        {
            if (previous.Find(name) is { } node)
                affected[node.Node.Index] = true;
        }

        return affected;
    }

    // A layer also depends on its flags here, so that all of them are judged together.
    private static DependencyGraph GraphOf(CompilationState state)
    {
        var graph = new DependencyGraph();
        foreach (var node in state.Nodes)
        {
            graph.Add(node.Name, node.References);
            foreach (var layer in node.References)
            {
                if (IsLayer(layer))
                    graph.Add(layer, [node.Name]);
            }
        }

        return graph;
    }

    private static bool IsLayer(DefinitionName name) => name.Kind == DefinitionKind.Layer;

    private static void Declare(
        CompilationState state, int index, Dictionary<string, FlagDefinition> flags, Dictionary<string, SegmentDefinition> segments)
    {
        if (state.Nodes[index] is FlagNode flag)
            DeclarePass.Replace(state, index, flags.GetValueOrDefault(flag.Definition.Key, flag.Definition));
        else if (state.Nodes[index] is SegmentNode segment)
            DeclarePass.Replace(state, index, segments.GetValueOrDefault(segment.Definition.Name, segment.Definition));
    }

    // A name that is added or removed affects all references to it, and the indexes of all later nodes.
    private static bool HasSameNames(CompilationState previous, SnapshotPatch patch) =>
        !HasDuplicates(previous)
        && !patch.RemovedFlags.Any(key => previous.TryFindFlag(key, out _))
        && patch.Flags.All(flag => previous.TryFindFlag(flag.Key, out _))
        && patch.Segments.All(segment => previous.Segments.ContainsKey(segment.Name));

    private static bool HasDuplicates(CompilationState previous) =>
        previous.Flags.Count != previous.Definition.Flags.Count || previous.Segments.Count != previous.Definition.Segments.Count;
}
