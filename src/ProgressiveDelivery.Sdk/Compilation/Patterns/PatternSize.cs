namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Computes the number of leaves of an expression after all counted repetitions are expanded, before anything is built.</summary>
internal static class PatternSize
{
    /// <summary>Returns the number of leaves, including those of look-arounds; at most <see cref="int.MaxValue"/>.</summary>
    public static int Of(PatternTree tree) => (int)Math.Min(Count(tree), int.MaxValue);

    private static long Count(PatternTree tree)
    {
        switch (tree)
        {
            case SequenceTree sequence:
                return Sum(sequence.Items);
            case ChoiceTree choice:
                return Sum(choice.Branches);
            case LookTree look:
                return 1 + Count(look.Item);
            case RepeatTree repeat:
                return Math.Min(int.MaxValue, Count(repeat.Item) * Copies(repeat));
            default:
                return 1;
        }
    }

    /// <summary>Returns the number of copies of a repeated item. An item without width has one copy.</summary>
    public static int Copies(RepeatTree repeat) => HasWidth(repeat.Item) ? Math.Max(1, repeat.Max == RepeatTree.Unbounded ? repeat.Min : repeat.Max) : 1;

    public static bool HasWidth(PatternTree tree) => tree switch
    {
        SetLeaf => true,
        SequenceTree sequence => sequence.Items.Any(HasWidth),
        ChoiceTree choice => choice.Branches.Any(HasWidth),
        RepeatTree repeat => repeat.Max > 0 && HasWidth(repeat.Item),
        _ => false,
    };

    private static long Sum(IReadOnlyList<PatternTree> trees)
    {
        var sum = 0L;
        foreach (var tree in trees)
            sum = Math.Min(int.MaxValue, sum + Count(tree));
        return sum;
    }
}
