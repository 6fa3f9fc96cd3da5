using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>A sequence without the anchors at its ends.</summary>
/// <param name="Items">The trees between the anchors.</param>
/// <param name="Place">The required place in a text.</param>
/// <param name="AllowsNewline">True if one newline may follow the end.</param>
internal sealed record AnchoredForm(List<PatternTree> Items, TextPlace Place, bool AllowsNewline)
{
    /// <summary>Returns the form; null if the sequence requires more than a place.</summary>
    public static AnchoredForm? Of(PatternTree tree)
    {
        var items = new List<PatternTree>();
        Flatten(tree, items);
        var start = items.FindIndex(item => item is not BoundaryLeaf { Fact: Boundary.TextStart });
        var isStart = start != 0;
        items.RemoveRange(0, start < 0 ? items.Count : start);
        var ends = EndsOf(items);
        if (items.Exists(item => item is BoundaryLeaf or LookTree))
            return null;
        if (!isStart)
            TrimStart(items);
        if (ends == 0)
            TrimEnd(items);
        return new(items, PlaceOf(isStart, ends != 0), ends == Boundary.TextEndOrFinalNewline);
    }

    private static TextPlace PlaceOf(bool isStart, bool isEnd) => (isStart, isEnd) switch
    {
        (true, true) => TextPlace.Whole,
        (true, false) => TextPlace.Start,
        (false, true) => TextPlace.End,
        _ => TextPlace.Anywhere,
    };

    private static void Flatten(PatternTree tree, List<PatternTree> items)
    {
        if (tree is not SequenceTree sequence)
        {
            items.Add(tree);
            return;
        }

        foreach (var item in sequence.Items)
            Flatten(item, items);
    }

    // Removes the anchors at the end.
    private static ulong EndsOf(List<PatternTree> items)
    {
        var ends = 0UL;
        while (items.Count > 0 && items[^1] is BoundaryLeaf { Fact: Boundary.TextEnd or Boundary.TextEndOrFinalNewline } end)
        {
            ends |= end.Fact;
            items.RemoveAt(items.Count - 1);
        }

        return ends;
    }

    // A search may begin after optional items, and end before them.
    private static void TrimStart(List<PatternTree> items)
    {
        while (items.Count > 0 && items[0] is RepeatTree { Min: 0 })
            items.RemoveAt(0);
    }

    private static void TrimEnd(List<PatternTree> items)
    {
        while (items.Count > 0 && items[^1] is RepeatTree { Min: 0 })
            items.RemoveAt(items.Count - 1);
    }
}
