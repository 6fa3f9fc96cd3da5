using System.Numerics;

namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>One run of an automaton over a text, forwards or backwards. A match may begin at any place.</summary>
internal ref struct AutomatonScan
{
    /// <summary>The room that a run needs for each word of a state.</summary>
    public const int RoomPerWord = 3;

    private readonly Automaton _automaton;
    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<ulong> _looks;
    private readonly Span<ulong> _mask;
    private Span<ulong> _states;
    private Span<ulong> _nextStates;
    private ulong _state;
    private ulong _facts;

    /// <param name="automaton">The automaton.</param>
    /// <param name="text">The text.</param>
    /// <param name="looks">The look-arounds that hold at each place; empty if there are none.</param>
    /// <param name="room">Room of <see cref="RoomPerWord"/> for each word.</param>
    public AutomatonScan(Automaton automaton, ReadOnlySpan<char> text, ReadOnlySpan<ulong> looks, Span<ulong> room)
    {
        _automaton = automaton;
        _text = text;
        _looks = looks;
        var words = automaton.Words;
        if (words == 1)
            return;
        _states = room[..words];
        _nextStates = room.Slice(words, words);
        _mask = room.Slice(2 * words, words);
        _states.Clear();
    }

    /// <summary>The steps so far.</summary>
    public int Cost { get; private set; }

    /// <summary>Indicates whether no match is in progress.</summary>
    public readonly bool IsIdle => _automaton.Words == 1 ? _state == 0 : !_states.ContainsAnyExcept(0UL);

    /// <summary>Moves to a place; true if a match ends there.</summary>
    public bool Arrive(int at)
    {
        _facts = _automaton.Wanted == 0 ? 0 : Boundary.At(_text, at, _automaton.Wanted) | (_looks.IsEmpty ? 0 : _looks[at]);
        foreach (var layer in _automaton.Layers)
        {
            if ((layer.Guard & ~_facts) == 0 && (layer.IsNullable || HasReached(layer.Last)))
                return true;
        }

        return false;
    }

    /// <summary>Steps over one character.</summary>
    public void Step(char character)
    {
        if (_automaton.Words == 1)
            StepNarrow(character);
        else
            StepWide(character);
    }

    private readonly bool HasReached(ReadOnlySpan<ulong> last)
    {
        if (last.Length == 1)
            return (_state & last[0]) != 0;
        for (var i = 0; i < last.Length; i++)
        {
            if ((_states[i] & last[i]) != 0)
                return true;
        }

        return false;
    }

    private void StepNarrow(char character)
    {
        var next = 0UL;
        var cost = 1;
        foreach (var layer in _automaton.Layers)
        {
            if ((layer.Guard & ~_facts) != 0)
                continue;
            next |= layer.First[0];
            if (layer.Follow is not { } follow)
                continue;
            for (var rest = _state; rest != 0; rest &= rest - 1, cost++)
                next |= follow.After(BitOperations.TrailingZeroCount(rest));
        }

        _state = next & _automaton.Mask(character);
        Cost += cost;
    }

    private void StepWide(char character)
    {
        _nextStates.Clear();
        var cost = _automaton.Words;
        foreach (var layer in _automaton.Layers)
        {
            if ((layer.Guard & ~_facts) != 0)
                continue;
            Automaton.Or(_nextStates, layer.First);
            cost += _automaton.Words + Follow(layer.Follow);
        }

        _automaton.Mask(character, _nextStates, _mask);
        var states = _states;
        _states = _nextStates;
        _nextStates = states;
        Cost += cost;
    }

    private readonly int Follow(FollowTable? follow)
    {
        var cost = 0;
        for (var word = 0; follow is not null && word < _states.Length; word++)
        {
            for (var rest = _states[word]; rest != 0; rest &= rest - 1)
                cost += 1 + follow.AddTo(_nextStates, (word * 64) + BitOperations.TrailingZeroCount(rest));
        }

        return cost;
    }
}
