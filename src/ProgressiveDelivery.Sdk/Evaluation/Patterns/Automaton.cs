using System.Runtime.InteropServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>
/// Glushkov's automaton of an expression: a state is a set of positions, a bit for each leaf of the expression; the positions that may
/// follow are tables. Nothing is built while it runs. Reference: V. M. Glushkov, "The abstract theory of automata", 1961;
/// G. Navarro and M. Raffinot, "Flexible Pattern Matching in Strings", 2002, chapter 5.
/// </summary>
internal sealed class Automaton
{
    private const int Ascii = 128;

    private readonly CharacterSet[] _sets;
    private readonly ulong[] _setMasks;
    private readonly byte[] _classes = new byte[Ascii];
    private readonly ulong[] _classMasks;

    /// <param name="words">The number of 64-bit words of a state.</param>
    /// <param name="layers">The steps and ends, by their guards.</param>
    /// <param name="sets">The sets of characters.</param>
    /// <param name="setMasks">For each set, the state of all positions that are of it.</param>
    public Automaton(int words, AutomatonLayer[] layers, CharacterSet[] sets, ulong[] setMasks)
    {
        (Words, Layers, _sets, _setMasks) = (words, layers, sets, setMasks);
        Wanted = layers.Aggregate(0UL, (wanted, layer) => wanted | layer.Guard);
        IsAnchored = Array.TrueForAll(layers, layer => !layer.Starts || (layer.Guard & Boundary.TextStart) != 0);
        _classMasks = Classify();
    }

    public int Words { get; }

    public AutomatonLayer[] Layers { get; }

    /// <summary>All facts that the guards of the layers use.</summary>
    public ulong Wanted { get; }

    /// <summary>Indicates whether a match can begin only at the start of the text.</summary>
    public bool IsAnchored { get; }

    public int Size => 200 + Ascii + ((_setMasks.Length + _classMasks.Length) * sizeof(ulong)) + _sets.Sum(set => set.Size) + Layers.Sum(layer => layer.Size);

    /// <summary>Returns the positions that accept a character, for an automaton of one word.</summary>
    public ulong Mask(char character)
    {
        if (character < Ascii)
            return _classMasks[_classes[character]];
        var mask = 0UL;
        for (var i = 0; i < _sets.Length; i++)
            mask |= _sets[i].Contains(character) ? _setMasks[i] : 0;
        return mask;
    }

    /// <summary>Keeps the positions that a character may be at.</summary>
    public void Mask(char character, Span<ulong> state, Span<ulong> room)
    {
        if (character < Ascii)
        {
            And(state, _classMasks.AsSpan(_classes[character] * Words, Words));
            return;
        }

        room.Clear();
        for (var i = 0; i < _sets.Length; i++)
        {
            if (_sets[i].Contains(character))
                Or(room, _setMasks.AsSpan(i * Words, Words));
        }

        And(state, room);
    }

    public static void Or(Span<ulong> state, ReadOnlySpan<ulong> more)
    {
        for (var i = 0; i < more.Length; i++)
            state[i] |= more[i];
    }

    private static void And(Span<ulong> state, ReadOnlySpan<ulong> mask)
    {
        for (var i = 0; i < state.Length; i++)
            state[i] &= mask[i];
    }

    // Characters that are in the same sets share a mask.
    private ulong[] Classify()
    {
        var masks = new List<ulong>();
        Span<ulong> mask = new ulong[Words];
        for (var c = 0; c < Ascii; c++)
        {
            mask.Clear();
            for (var i = 0; i < _sets.Length; i++)
            {
                if (_sets[i].Contains((char)c))
                    Or(mask, _setMasks.AsSpan(i * Words, Words));
            }

            var place = 0;
            while (place < masks.Count / Words && !mask.SequenceEqual(CollectionsMarshal.AsSpan(masks).Slice(place * Words, Words)))
                place++;
            if (place == masks.Count / Words)
                masks.AddRange(mask);
            _classes[c] = (byte)place;
        }

        return [.. masks];
    }
}
