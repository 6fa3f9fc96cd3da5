namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Compares lists and objects by content. Pairs to compare wait in a list, not on the thread's stack, and no pair is compared twice. Values
/// of any depth, and lists that share their items by reference, cost no more than the memory that they take.
/// </summary>
internal ref struct ContentComparison
{
    private List<(AttributeValue One, AttributeValue Other)>? _waiting;
    private HashSet<(object?, object?)>? _compared;

    public static bool AreSame(in AttributeValue one, in AttributeValue other)
    {
        var comparison = default(ContentComparison);
        if (!comparison.Compare(in one, in other))
            return false;
        while (comparison.TryNext(out var pair))
        {
            if (!comparison.Compare(in pair.One, in pair.Other))
                return false;
        }

        return true;
    }

    private readonly bool TryNext(out (AttributeValue One, AttributeValue Other) pair)
    {
        pair = default;
        if (_waiting is not { Count: > 0 })
            return false;
        pair = _waiting[^1];
        _waiting.RemoveAt(_waiting.Count - 1);
        return true;
    }

    private bool Compare(in AttributeValue one, in AttributeValue other)
    {
        if (one.Kind != other.Kind || one.Size != other.Size)
            return false;
        return one.Kind == AttributeKind.List ? Compare(one.Items, other.Items) : Compare(one.Members, other.Members);
    }

    private bool Compare(ReadOnlySpan<AttributeValue> one, ReadOnlySpan<AttributeValue> other)
    {
        if (one.Length != other.Length)
            return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (!Meet(in one[i], in other[i]))
                return false;
        }

        return true;
    }

    private bool Compare(ReadOnlySpan<ContextAttribute> one, ReadOnlySpan<ContextAttribute> other)
    {
        if (one.Length != other.Length)
            return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (!string.Equals(one[i].Name, other[i].Name, StringComparison.Ordinal) || !Meet(in one[i].ValueReference, in other[i].ValueReference))
                return false;
        }

        return true;
    }

    // Scalars are compared at once; of lists and objects, a pair that is new waits.
    private bool Meet(in AttributeValue one, in AttributeValue other)
    {
        if (!one.IsCompound || !other.IsCompound)
            return one.Equals(other);
        if (!one.IsOne(in other) && (_compared ??= []).Add((one.Compound, other.Compound)))
            (_waiting ??= []).Add((one, other));
        return true;
    }
}
