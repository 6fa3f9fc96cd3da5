using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Creates the node of every flag and segment. If a name occurs twice, its last definition counts.</summary>
internal static class DeclarePass
{
    public static void Run(CompilationState state)
    {
        var definition = state.Definition;
        foreach (var flag in LastOfEach(state, "flags", definition.Flags, flag => flag.Key))
            DeclareFlag(state, flag);
        foreach (var segment in LastOfEach(state, "segments", definition.Segments, segment => segment.Name))
            DeclareSegment(state, segment);
        foreach (var layer in LastOfEach(state, "layers", definition.Layers, layer => layer.Name))
            state.Layers.Add(layer.Name, layer);
        foreach (var holdout in LastOfEach(state, "holdouts", definition.Holdouts, holdout => holdout.Name))
            state.Holdouts.Add(holdout.Name, holdout);
    }

    /// <summary>Replaces the flag at an index by another definition, or by the same one again.</summary>
    public static void Replace(CompilationState state, int index, FlagDefinition flag)
    {
        var node = new FlagNode(flag);
        state.Replace(index, node);
        if (flag.Defect is not null)
            node.Reject(flag.Defect);
    }

    /// <summary>Replaces the segment at an index by another definition, or by the same one again.</summary>
    public static void Replace(CompilationState state, int index, SegmentDefinition segment)
    {
        var node = new SegmentNode(segment);
        state.Replace(index, node);
        if (segment.Defect is not null)
            node.Reject(segment.Defect);
    }

    private static void DeclareFlag(CompilationState state, FlagDefinition flag)
    {
        var node = new FlagNode(flag);
        state.Add(node);
        if (flag.Defect is not null)
            node.Reject(flag.Defect);
    }

    private static void DeclareSegment(CompilationState state, SegmentDefinition segment)
    {
        var node = new SegmentNode(segment);
        state.Add(node);
        if (segment.Defect is not null)
            node.Reject(segment.Defect);
    }

    private static List<T> LastOfEach<T>(CompilationState state, string collection, IReadOnlyList<T> definitions, Func<T, string> name)
    {
        var places = new Dictionary<string, int>(definitions.Count, StringComparer.Ordinal);
        var kept = new List<T>(definitions.Count);
        foreach (var definition in definitions)
        {
            if (places.TryAdd(name(definition), kept.Count))
            {
                kept.Add(definition);
                continue;
            }

            kept[places[name(definition)]] = definition;
            state.Report(null, DiagnosticCatalog.DuplicateMember(JsonPath.Named(collection, name(definition)), name(definition)));
        }

        return kept;
    }
}
