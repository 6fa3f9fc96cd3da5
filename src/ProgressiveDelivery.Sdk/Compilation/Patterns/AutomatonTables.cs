using System.Runtime.InteropServices;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Converts an automaton to tables of 64-bit words.</summary>
internal static class AutomatonTables
{
    // Per automaton, in words: 256 KiB.
    private const int MaxFollowWords = 32_768;

    /// <summary>Creates the automaton; null if its tables are too large.</summary>
    public static Automaton? Make(Fragment whole, List<CharacterSet> sets, List<int> setOf, Dictionary<ulong, HashSet<(int From, int To)>> follow)
    {
        var words = Math.Max(1, (setOf.Count + 63) / 64);
        var guards = whole.First.Concat(whole.Last).Select(entry => entry.Guard).Concat(whole.Nullable).Concat(follow.Keys).Distinct().Order().ToArray();
        if (Math.Max(sets.Count, guards.Length) * words > MaxFollowWords)
            return null;
        var layers = new AutomatonLayer[guards.Length];
        var left = MaxFollowWords - (guards.Length * 2 * words);
        for (var i = 0; i < layers.Length && left >= 0; i++)
        {
            var table = follow.TryGetValue(guards[i], out var edges) ? Table(edges, setOf.Count, ref left) : null;
            layers[i] = new(guards[i], Bits(whole.First, guards[i], words), Bits(whole.Last, guards[i], words), whole.Nullable.Contains(guards[i]), table);
        }

        return left < 0 ? null : new(words, layers, [.. sets], Masks(sets.Count, setOf, words));
    }

    private static ulong[] Masks(int sets, List<int> setOf, int words)
    {
        var masks = new ulong[sets * words];
        for (var position = 0; position < setOf.Count; position++)
            Set(masks.AsSpan(setOf[position] * words, words), position);
        return masks;
    }

    private static ulong[] Bits(List<(ulong Guard, int Position)> entries, ulong guard, int words)
    {
        var bits = new ulong[words];
        foreach (var (own, position) in entries)
        {
            if (own == guard)
                Set(bits, position);
        }

        return bits;
    }

    private static void Set(Span<ulong> bits, int position) => bits[position / 64] |= 1UL << (position % 64);

    private static FollowTable Table(HashSet<(int From, int To)> edges, int positions, ref int left)
    {
        var rowOf = new ushort[positions];
        var rows = new List<FollowRow> { default };
        var data = new List<ulong>();
        var known = new Dictionary<RowKey, ushort>();
        left -= positions / 4;
        foreach (var row in edges.GroupBy(edge => edge.From))
        {
            var (start, count) = (row.Min(edge => edge.To) / 64, (row.Max(edge => edge.To) / 64) + 1);
            var bits = new ulong[count - start];
            foreach (var (_, to) in row)
                Set(bits, to - (start * 64));
            var key = new RowKey(start, bits);
            if (!known.TryGetValue(key, out var place))
            {
                place = (ushort)rows.Count;
                known.Add(key, place);
                rows.Add(new((ushort)start, (ushort)bits.Length, data.Count));
                data.AddRange(bits);
                left -= bits.Length + 1;
            }

            rowOf[row.Key] = place;
            if (left < 0)
                break;
        }

        return new(rowOf, [.. rows], [.. data]);
    }

    private readonly record struct RowKey(int Start, ulong[] Bits)
    {
        public bool Equals(RowKey other) => Start == other.Start && Bits.AsSpan().SequenceEqual(other.Bits);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(Start);
            hash.AddBytes(MemoryMarshal.AsBytes(Bits.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
