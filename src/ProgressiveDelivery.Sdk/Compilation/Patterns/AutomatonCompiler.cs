using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Compiles an expression to automata: one for the whole, and one for each look-around in it.</summary>
internal sealed class AutomatonCompiler
{
    private const int MaxLooks = 40;

    private readonly Dictionary<LookTree, ulong> _bits = new(ReferenceEqualityComparer.Instance);
    private readonly List<LookAround> _looks = [];

    private AutomatonCompiler()
    {
    }

    /// <summary>Compiles an expression; null if it is too large.</summary>
    public static AutomatonPattern? Compile(PatternTree tree)
    {
        if (PatternSize.Of(tree) > AutomatonBuilder.MaxPositions)
            return null;
        var compiler = new AutomatonCompiler();
        return AutomatonBuilder.Build(tree, isReversed: false, compiler.TryLook) is { } automaton ? new(automaton, [.. compiler._looks]) : null;
    }

    // An inner look-around is created, and later marked, before the outer one. A repetition requests the same one again.
    private bool TryLook(LookTree look, out ulong bit)
    {
        if (_bits.TryGetValue(look, out bit))
            return true;
        if (AutomatonBuilder.Build(look.Item, isReversed: look.IsAhead, TryLook) is not { } automaton || _looks.Count == MaxLooks)
            return false;
        bit = 1UL << (Boundary.FirstLook + _looks.Count);
        _looks.Add(new(automaton, bit, look.IsAhead, look.IsNegative));
        _bits.Add(look, bit);
        return true;
    }
}
