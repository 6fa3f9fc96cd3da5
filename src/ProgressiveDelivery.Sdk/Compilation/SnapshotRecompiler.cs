using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Compiles definitions that differ little from ones that were compiled before: what changed, and what depends on it, however far;
/// all else is shared with the rules in force. What comes out is what a compilation from the beginning gives, at a cost of what
/// changed and a few array copies. Where names appear or vanish, everything is compiled.
/// </summary>
internal static class SnapshotRecompiler
{
    /// <summary>Compiles the definitions that a patch made.</summary>
    public static CompilationResult Recompile(CompilationState previous, SnapshotDefinition definition, SnapshotPatch patch, LocalOverlay overlay)
    {
        if (!HasSameNames(previous, patch))
            return SnapshotCompiler.Compile(definition, previous.Limits, overlay);

        var flags = patch.Flags.ToDictionary(flag => flag.Key, StringComparer.Ordinal);
        var segments = patch.Segments.ToDictionary(segment => segment.Name, StringComparer.Ordinal);
        return Recompile(previous, definition, overlay, flags, segments);
    }

    /// <summary>Compiles the same definitions under another overlay.</summary>
    public static CompilationResult Recompile(CompilationState previous, LocalOverlay overlay) => HasDuplicates(previous)
        ? SnapshotCompiler.Compile(previous.Definition, previous.Limits, overlay)
        : Recompile(previous, previous.Definition, overlay, [], []);

    private static CompilationResult Recompile(
        CompilationState previous,
        SnapshotDefinition definition,
        LocalOverlay overlay,
        Dictionary<string, FlagDefinition> flags,
        Dictionary<string, SegmentDefinition> segments)
    {
        var affected = AffectedNodes.Of(previous, flags, segments, overlay);
        var state = new CompilationState(previous, definition, overlay, affected);
        for (var index = 0; index < affected.Length; index++)
        {
            if (affected[index])
                Declare(state, index, flags, segments);
        }

        return SnapshotCompiler.Compile(state);
    }

    private static void Declare(
        CompilationState state, int index, Dictionary<string, FlagDefinition> flags, Dictionary<string, SegmentDefinition> segments)
    {
        if (state.Nodes[index] is FlagNode flag)
            DeclarePass.Replace(state, index, flags.GetValueOrDefault(flag.Definition.Key, flag.Definition));
        else if (state.Nodes[index] is SegmentNode segment)
            DeclarePass.Replace(state, index, segments.GetValueOrDefault(segment.Definition.Name, segment.Definition));
    }

    // A name that appears or vanishes concerns whoever names it, and the places of all that comes after it.
    private static bool HasSameNames(CompilationState previous, SnapshotPatch patch) =>
        !HasDuplicates(previous)
        && !patch.RemovedFlags.Any(key => previous.TryFindFlag(key, out _))
        && patch.Flags.All(flag => previous.TryFindFlag(flag.Key, out _))
        && patch.Segments.All(segment => previous.Segments.ContainsKey(segment.Name));

    private static bool HasDuplicates(CompilationState previous) =>
        previous.Flags.Count != previous.Definition.Flags.Count || previous.Segments.Count != previous.Definition.Segments.Count;
}
