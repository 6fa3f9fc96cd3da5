using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles the segments. A malformed segment is compiled too, since its dependencies are needed.</summary>
internal static class SegmentPass
{
    public static void Run(CompilationState state)
    {
        foreach (var node in state.Fresh)
        {
            if (node is SegmentNode segment)
                Compile(new CompilationScope(state, segment), segment);
        }
    }

    private static void Compile(CompilationScope scope, SegmentNode node)
    {
        var definition = node.Definition;
        var by = scope.Unit(definition.By);
        scope.Enter("when");
        var when = definition.When is null ? null : ConditionCompiler.Compile(scope, definition.When);
        scope.Leave();
        node.Compiled.Link(by, Set(definition.Include), Set(definition.Exclude), when);
    }

    private static StringTable<string>? Set(IReadOnlyList<string> units) => units.Count == 0 ? null : StringTable.OfTexts(units);
}
