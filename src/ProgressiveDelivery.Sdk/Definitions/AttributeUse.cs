namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Finds the references to the context that a flag reads, directly or through its segments, layers, holdouts and the flags that it depends on. Indexes the snapshot at the first use. Safe to use from any
/// thread.
/// </summary>
internal sealed class AttributeUse(SnapshotDefinition definition)
{
    private readonly Lazy<Index> _index = new(() => new(definition));

    /// <summary>Returns the references in ordinal order, each once, as they are written.</summary>
    public IReadOnlyList<string> Of(FlagDefinition flag)
    {
        var references = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<DefinitionName> { new(DefinitionKind.Flag, flag.Key) };
        var names = new Queue<DefinitionName>(AddOf(flag, references));
        while (names.TryDequeue(out var name))
        {
            if (!seen.Add(name))
                continue;
            foreach (var next in AddOf(name, references))
                names.Enqueue(next);
        }

        return Array.AsReadOnly(references.ToArray());
    }

    private DefinitionName[] AddOf(DefinitionName name, SortedSet<string> references)
    {
        var index = _index.Value;
        switch (name.Kind)
        {
            case DefinitionKind.Flag when index.Flags.TryGetValue(name.Name, out var flag):
                return AddOf(flag, references);
            case DefinitionKind.Segment when index.Segments.TryGetValue(name.Name, out var segment):
                ContextReferences.Add(segment, references);
                return DependencyGraph.ReferencesOf(segment);
            case DefinitionKind.Layer when index.Layers.TryGetValue(name.Name, out var layer):
                ContextReferences.AddUnit(layer.By, references);
                return [];
            case DefinitionKind.Holdout when index.Holdouts.TryGetValue(name.Name, out var holdout):
                ContextReferences.AddUnit(holdout.By, references);
                return [];
            default:
                return [];
        }
    }

    private static DefinitionName[] AddOf(FlagDefinition flag, SortedSet<string> references)
    {
        ContextReferences.Add(flag, references);
        return DependencyGraph.ReferencesOf(flag);
    }

    // Of several with one name, the last one counts, as where flags are described.
    private sealed class Index
    {
        public Index(SnapshotDefinition definition)
        {
            foreach (var flag in definition.Flags)
                Flags[flag.Key] = flag;
            foreach (var segment in definition.Segments)
                Segments[segment.Name] = segment;
            foreach (var layer in definition.Layers)
                Layers[layer.Name] = layer;
            foreach (var holdout in definition.Holdouts)
                Holdouts[holdout.Name] = holdout;
        }

        public Dictionary<string, FlagDefinition> Flags { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, SegmentDefinition> Segments { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, LayerDefinition> Layers { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, HoldoutDefinition> Holdouts { get; } = new(StringComparer.Ordinal);
    }
}
