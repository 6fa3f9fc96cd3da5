using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>A parsed regular expression. It has no groups, greed and names: a search needs only whether there is a match.</summary>
internal abstract class PatternTree
{
    /// <summary>The tree that matches the empty text.</summary>
    public static PatternTree Empty { get; } = new SequenceTree([]);

    /// <summary>Creates a sequence of trees.</summary>
    public static PatternTree Sequence(IReadOnlyList<PatternTree> items) => items.Count == 1 ? items[0] : new SequenceTree(items);
}

/// <summary>One character of a set.</summary>
internal sealed class SetLeaf(CharacterSet set) : PatternTree
{
    public CharacterSet Set => set;
}

/// <summary>A place for which a fact holds.</summary>
internal sealed class BoundaryLeaf(ulong fact) : PatternTree
{
    /// <summary>The fact, as in <see cref="Boundary"/>.</summary>
    public ulong Fact => fact;
}

/// <summary>A sequence of trees.</summary>
internal sealed class SequenceTree(IReadOnlyList<PatternTree> items) : PatternTree
{
    public IReadOnlyList<PatternTree> Items => items;
}

/// <summary>One of several trees.</summary>
internal sealed class ChoiceTree(IReadOnlyList<PatternTree> branches) : PatternTree
{
    public IReadOnlyList<PatternTree> Branches => branches;
}

/// <summary>A tree, repeated.</summary>
internal sealed class RepeatTree(PatternTree item, int min, int max) : PatternTree
{
    /// <summary>The maximum of a repetition without one.</summary>
    public const int Unbounded = int.MaxValue;

    public PatternTree Item => item;

    public int Min => min;

    public int Max => max;
}

/// <summary>A look-around: a place before or after which an expression matches, or does not match.</summary>
internal sealed class LookTree(PatternTree item, bool isAhead, bool isNegative) : PatternTree
{
    public PatternTree Item => item;

    public bool IsAhead => isAhead;

    public bool IsNegative => isNegative;
}
