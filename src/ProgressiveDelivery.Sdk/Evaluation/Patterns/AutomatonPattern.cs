using System.Buffers;
using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>Any expression without back-references: linear in the text, with memory that is fixed at compilation.</summary>
/// <param name="automaton">The automaton of the whole.</param>
/// <param name="looks">The look-arounds, inner ones first.</param>
internal sealed class AutomatonPattern(Automaton automaton, LookAround[] looks) : Pattern
{
    /// <summary>The limit on the words of a state.</summary>
    public const int MaxWords = 64;

    private const int PlacesOnStack = 128;

    public override int Size { get; } = 50 + automaton.Size + looks.Sum(look => look.Size);

    [SkipLocalsInit]
    public override bool IsMatch(ReadOnlySpan<char> text, ref PatternBudget budget)
    {
        Span<ulong> room = stackalloc ulong[AutomatonScan.RoomPerWord * MaxWords];
        if (looks.Length == 0)
            return Search(text, [], room, ref budget);
        if (!budget.TryCharge(text.Length))
            return false;
        var rented = text.Length < PlacesOnStack ? null : ArrayPool<ulong>.Shared.Rent(text.Length + 1);
        var places = (rented ?? stackalloc ulong[PlacesOnStack])[..(text.Length + 1)];
        places.Clear();
        foreach (var look in looks)
            look.Mark(text, places, room, ref budget);
        var found = Search(text, places, room, ref budget);
        if (rented is not null)
            ArrayPool<ulong>.Shared.Return(rented);
        return found;
    }

    private bool Search(ReadOnlySpan<char> text, ReadOnlySpan<ulong> places, Span<ulong> room, ref PatternBudget budget)
    {
        var scan = new AutomatonScan(automaton, text, places, room);
        var left = budget.Left;
        var found = scan.Arrive(0);
        for (var i = 0; i < text.Length && !found && scan.Cost <= left; i++)
        {
            scan.Step(text[i]);
            if (automaton.IsAnchored && scan.IsIdle)
                break;
            found = scan.Arrive(i + 1);
        }

        return budget.TryCharge(scan.Cost) && found;
    }
}
