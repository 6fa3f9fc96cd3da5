using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles definitions to a ruleset, in named passes over one state. Never throws on data.</summary>
internal static class SnapshotCompiler
{
    /// <summary>Compiles all definitions. Expressions that are in <paramref name="patterns"/> are not compiled again.</summary>
    public static CompilationResult Compile(SnapshotDefinition definition, SnapshotLimits limits, LocalOverlay? overlay = null, PatternCache? patterns = null)
    {
        var state = new CompilationState(definition, limits, overlay ?? LocalOverlay.None, patterns ?? new());
        DeclarePass.Run(state);         // every name has a node that others can refer to
        return Compile(state);
    }

    /// <summary>Compiles the fresh nodes of a state in which every name has its node.</summary>
    public static CompilationResult Compile(CompilationState state)
    {
        SegmentPass.Run(state);         // conditions of segments
        FlagPass.Run(state);            // variants, rules, outcomes
        SlotPass.Run(state);            // experiments of one layer do not overlap
        CyclePass.Run(state);           // nothing depends on itself
        MalformedUsePass.Run(state);    // a flag is malformed if a segment that it uses is
        OrderPass.Run(state);           // time, depth, and an order for graphs too deep for recursion
        return state.Finish();
    }
}
