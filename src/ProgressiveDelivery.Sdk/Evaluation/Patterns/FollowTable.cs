namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>The positions that may follow each position. Equal rows are stored once, without the zeros at both ends.</summary>
/// <param name="rowOf">The row of each position.</param>
/// <param name="rows">The location of the words of each row. The first row has none.</param>
/// <param name="data">The words.</param>
internal sealed class FollowTable(ushort[] rowOf, FollowRow[] rows, ulong[] data)
{
    public int Size => 100 + (rowOf.Length * sizeof(ushort)) + (rows.Length * 8) + (data.Length * sizeof(ulong));

    /// <summary>Returns the positions after one, in an automaton of one word.</summary>
    public ulong After(int position)
    {
        var row = rows[rowOf[position]];
        return row.Count == 0 ? 0 : data[row.Offset];
    }

    /// <summary>Adds the positions after one; returns the cost.</summary>
    public int AddTo(Span<ulong> state, int position)
    {
        var row = rows[rowOf[position]];
        Automaton.Or(state[row.Start..], data.AsSpan(row.Offset, row.Count));
        return row.Count;
    }
}

/// <summary>A row of a <see cref="FollowTable"/>: its first word that is not zero, the number of words from it, and their place.</summary>
internal readonly record struct FollowRow(ushort Start, ushort Count, int Offset);
