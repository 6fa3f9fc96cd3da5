using System.Text;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Sorts the members of an object in CBOR's order, without allocating: the framework's own sort would box the comparer.</summary>
internal static class CborOrder
{
    /// <summary>Writes the indexes of the members in their order. A heap sort, since the caller's objects may have any size.</summary>
    public static void Sort(ReadOnlySpan<ContextAttribute> members, Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        for (var root = (order.Length / 2) - 1; root >= 0; root--)
            Sink(members, order, root);
        for (var last = order.Length - 1; last > 0; last--)
        {
            (order[0], order[last]) = (order[last], order[0]);
            Sink(members, order[..last], 0);
        }
    }

    private static void Sink(ReadOnlySpan<ContextAttribute> members, Span<int> heap, int root)
    {
        while ((root * 2) + 1 < heap.Length)
        {
            var child = (root * 2) + 1;
            if (child + 1 < heap.Length && Compare(members[heap[child]].Name, members[heap[child + 1]].Name) < 0)
                child++;
            if (Compare(members[heap[root]].Name, members[heap[child]].Name) >= 0)
                return;
            (heap[root], heap[child]) = (heap[child], heap[root]);
            root = child;
        }
    }

    private static int Compare(string one, string other)
    {
        var order = Encoding.UTF8.GetByteCount(one).CompareTo(Encoding.UTF8.GetByteCount(other));
        return order != 0 ? order : CompareCodePoints(one, other);
    }

    // UTF-8 sorts by code points. UTF-16 does not: surrogates sort before the characters from U+E000.
    private static int CompareCodePoints(string one, string other)
    {
        for (var i = 0; i < one.Length && i < other.Length; i++)
        {
            if (one[i] != other[i])
                return char.IsSurrogate(one[i]) == char.IsSurrogate(other[i]) ? one[i].CompareTo(other[i]) : char.IsSurrogate(one[i]) ? 1 : -1;
        }

        return one.Length.CompareTo(other.Length);
    }
}
