using System.Numerics;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Iterates over the known members of one object, and records which of them are present.</summary>
internal struct MemberCursor(MemberTable table)
{
    private uint _seen;
    private uint _present;
    private uint _misspelt;
    private int _next;
    private UnknownMembers? _unknown;

    /// <summary>The name of the first unknown member that is no misspelling of a known one. Null until the object's end, or if there is none.</summary>
    public readonly string? Unknown => _unknown?.First;

    /// <summary>Indicates whether a member is misspelled, which is reported. Missing members then need no further report.</summary>
    public readonly bool HasMisspelt => _misspelt != 0;

    /// <summary>Returns whether a member is present and not null.</summary>
    public readonly bool Has(string name) => (_present & table.MaskOf(name)) != 0;

    /// <summary>Returns whether this member is present under a misspelled name, which is reported.</summary>
    public readonly bool IsMisspelt(string name) => (_misspelt & table.MaskOf(name)) != 0;

    /// <summary>Returns the number of members of a group that are present; <paramref name="first"/> is one of them.</summary>
    public readonly int CountOf(uint group, out string? first)
    {
        var present = _present & group;
        first = present == 0 ? null : table.Names[BitOperations.TrailingZeroCount(present)];
        return BitOperations.PopCount(present);
    }

    /// <summary>Returns the first written member of a group, even if its value is <c>null</c>.</summary>
    public readonly string? FirstWritten(uint group) =>
        (_seen & group) is var written and not 0 ? table.Names[BitOperations.TrailingZeroCount(written)] : null;

    /// <summary>Returns the names of the members of a group that are present.</summary>
    public readonly List<string> NamesOf(uint group) => table.NamesOf(_present & group);

    /// <summary>Moves to the value of the next known member; null at the object's end. Read or skip the whole value before the next move.</summary>
    public string? MoveNext(ref Utf8JsonReader json, ReadState state)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = table.IndexOf(ref json, _next);
            if (index >= 0)
                return MoveTo(index, ref json, state);

            Pass(ref json, state);
        }

        if (_unknown is not null)
            JudgeUnknown(_unknown, state);
        return null;
    }

    /// <summary>Reports the unknown members except one. For the object's reader, if <see cref="MemberTable.LeavesUnknown"/> is set.</summary>
    public readonly void ReportUnknown(ReadState state, string? except = null) => _unknown?.Report(table, state, except);

    private string MoveTo(int index, ref Utf8JsonReader json, ReadState state)
    {
        var bit = 1u << index;
        if ((_seen & bit) != 0)
            state.ReportDuplicate(table.Names[index]);

        json.Read();
        _seen |= bit;
        _present = json.TokenType == JsonTokenType.Null ? _present & ~bit : _present | bit;
        _next = index + 1;
        return table.Names[index];
    }

    private void Pass(ref Utf8JsonReader json, ReadState state)
    {
        if (UnknownMembers.IsFree(ref json, table))
            json.Skip();
        else
            (_unknown ??= new()).Add(ref json, state.Pool);
    }

    // The absent members are known only at the object's end.
    private void JudgeUnknown(UnknownMembers unknown, ReadState state)
    {
        _misspelt = unknown.TakeMisspelt(table, _present, state);
        if (!table.LeavesUnknown)
            ReportUnknown(state);
    }
}
