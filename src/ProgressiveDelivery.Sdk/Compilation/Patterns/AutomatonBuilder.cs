using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Returns the bit of a look-around; false if there are too many, or one is too large.</summary>
internal delegate bool LookBits(LookTree look, out ulong bit);

/// <summary>Builds Glushkov's automaton of an expression. Its positions, steps and guards are limited.</summary>
internal sealed class AutomatonBuilder
{
    /// <summary>The limit on the leaves of an expression, after repetitions are expanded.</summary>
    public const int MaxPositions = AutomatonPattern.MaxWords * 64;

    // Milliseconds.
    private const int MaxWork = 300_000;
    private const int MaxGuards = 32;

    private readonly List<CharacterSet> _sets = [];
    private readonly Dictionary<CharacterSet, int> _setPlaces = [];
    private readonly List<int> _setOf = [];
    private readonly Dictionary<ulong, HashSet<(int From, int To)>> _follow = [];
    private readonly bool _isReversed;
    private readonly LookBits _looks;
    private int _work;

    private AutomatonBuilder(bool isReversed, LookBits looks) => (_isReversed, _looks) = (isReversed, looks);

    /// <summary>Builds an automaton, optionally of the reversed expression; null if it is too large.</summary>
    public static Automaton? Build(PatternTree tree, bool isReversed, LookBits looks)
    {
        var builder = new AutomatonBuilder(isReversed, looks);
        return builder.Build(tree) is { } whole && !builder.IsTooLarge ? AutomatonTables.Make(whole, builder._sets, builder._setOf, builder._follow) : null;
    }

    private bool IsTooLarge => _work > MaxWork || _follow.Count > MaxGuards;

    private Fragment? Build(PatternTree tree) => tree switch
    {
        SetLeaf leaf => Leaf(leaf.Set),
        BoundaryLeaf boundary => Place(boundary.Fact),
        LookTree look => _looks(look, out var bit) ? Place(bit) : null,
        SequenceTree sequence => Sequence(sequence.Items),
        ChoiceTree choice => Choice(choice.Branches),
        RepeatTree repeat => Repeat(repeat),
        _ => null,
    };

    private Fragment Leaf(CharacterSet set)
    {
        if (!_setPlaces.TryGetValue(set, out var place))
        {
            place = _sets.Count;
            _setPlaces.Add(set, place);
            _sets.Add(set);
        }

        var position = _setOf.Count;
        _setOf.Add(place);
        return new() { First = { (0, position) }, Last = { (0, position) } };
    }

    private static Fragment Place(ulong fact) => new() { Nullable = { fact } };

    private Fragment? Sequence(IReadOnlyList<PatternTree> items)
    {
        var whole = Place(0);
        for (var i = 0; i < items.Count; i++)
        {
            if (Build(items[_isReversed ? items.Count - 1 - i : i]) is not { } item)
                return null;
            whole = Concatenate(whole, item);
        }

        return whole;
    }

    private Fragment? Choice(IReadOnlyList<PatternTree> branches)
    {
        var whole = new Fragment();
        foreach (var tree in branches)
        {
            if (Build(tree) is not { } branch)
                return null;
            Charge(branch.First.Count + branch.Last.Count);
            whole.First.AddRange(branch.First);
            whole.Last.AddRange(branch.Last);
            foreach (var guard in branch.Nullable)
                whole.AddNullable(guard);
        }

        return whole;
    }

    private Fragment? Repeat(RepeatTree repeat)
    {
        if (repeat.Max == 0)
            return Place(0);
        if (!PatternSize.HasWidth(repeat.Item))
            return repeat.Min == 0 ? Place(0) : Build(repeat.Item);
        return repeat.Max == RepeatTree.Unbounded ? Loop(repeat.Item, repeat.Min) : Counted(repeat.Item, repeat.Min, repeat.Max);
    }

    private Fragment? Loop(PatternTree item, int min)
    {
        // A loop inside a loop is one loop.
        while (min <= 1 && item is RepeatTree { Max: RepeatTree.Unbounded, Min: <= 1 } inner)
            (item, min) = (inner.Item, Math.Min(min, inner.Min));
        var required = Copies(item, min - 1);
        if (Build(item) is not { } last || required is null)
            return null;
        Connect(last, last);
        if (min == 0)
            last.AddNullable(0);
        return _isReversed ? Concatenate(last, required) : Concatenate(required, last);
    }

    // Rewrites x{1,3} as x(x(x)?)?, whose positions have few successors.
    private Fragment? Counted(PatternTree item, int min, int max)
    {
        var optional = Place(0);
        for (var i = min; i < max && optional is not null; i++)
        {
            if (Build(item) is not { } next || IsTooLarge)
                return null;
            optional = _isReversed ? Concatenate(optional, next) : Concatenate(next, optional);
            optional.AddNullable(0);
        }

        if (Copies(item, min) is not { } required)
            return null;
        return _isReversed ? Concatenate(optional!, required) : Concatenate(required, optional!);
    }

    private Fragment? Copies(PatternTree item, int count)
    {
        var whole = Place(0);
        for (var i = 0; i < count; i++)
        {
            if (Build(item) is not { } next || IsTooLarge)
                return null;
            whole = Concatenate(whole, next);
        }

        return whole;
    }

    // Consumes the lists of both fragments.
    private Fragment Concatenate(Fragment left, Fragment right)
    {
        Connect(left, right);
        var whole = new Fragment();
        Add(whole.First, right.First, left.Nullable);
        Add(whole.Last, left.Last, right.Nullable);
        left.First.AddRange(whole.First);
        right.Last.AddRange(whole.Last);
        var joined = new Fragment(left.First, right.Last);
        foreach (var before in left.Nullable)
        {
            foreach (var after in right.Nullable)
                joined.AddNullable(before | after);
        }

        Charge(joined.Nullable.Count > MaxGuards ? MaxWork + 1 : 0);
        return joined;
    }

    private void Add(List<(ulong Guard, int Position)> list, List<(ulong Guard, int Position)> more, List<ulong> guards)
    {
        Charge((long)more.Count * guards.Count);
        if (IsTooLarge)
            return;
        foreach (var guard in guards)
        {
            foreach (var (own, position) in more)
                list.Add((own | guard, position));
        }
    }

    private void Connect(Fragment left, Fragment right)
    {
        Charge((long)left.Last.Count * right.First.Count);
        if (IsTooLarge)
            return;
        foreach (var (before, from) in left.Last)
        {
            foreach (var (after, to) in right.First)
            {
                if (!_follow.TryGetValue(before | after, out var edges))
                    _follow.Add(before | after, edges = []);
                edges.Add((from, to));
            }
        }
    }

    private void Charge(long work) => _work = (int)Math.Min(int.MaxValue, _work + work);
}
