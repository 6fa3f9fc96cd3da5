namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>
/// A look-around, found for all places of a text in one run. A look-ahead runs its reversed expression from the end of the text, a look-behind its
/// expression from the start.
/// </summary>
/// <param name="automaton">The automaton; reversed if it looks ahead.</param>
/// <param name="bit">The bit of its fact.</param>
/// <param name="isAhead">True if it looks ahead.</param>
/// <param name="isNegative">True if it holds where nothing matches.</param>
internal sealed class LookAround(Automaton automaton, ulong bit, bool isAhead, bool isNegative)
{
    public int Size => 60 + automaton.Size;

    /// <summary>Marks the places where it holds.</summary>
    public void Mark(ReadOnlySpan<char> text, Span<ulong> looks, Span<ulong> room, ref PatternBudget budget)
    {
        var scan = new AutomatonScan(automaton, text, looks, room);
        var left = budget.Left;
        for (var i = 0; i <= text.Length && scan.Cost <= left; i++)
        {
            var at = isAhead ? text.Length - i : i;
            if (scan.Arrive(at) != isNegative)
                looks[at] |= bit;
            if (i < text.Length)
                scan.Step(text[isAhead ? at - 1 : at]);
        }

        budget.TryCharge(scan.Cost);
    }
}
