using System.Numerics;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Goes through the members of one object that the format knows, and remembers which there were.</summary>
internal struct MemberCursor(MemberTable table)
{
    private uint _seen;
    private uint _present;
    private int _next;

    /// <summary>The name of the first member that the format does not know.</summary>
    public string? Unknown { get; private set; }

    /// <summary>Whether a member is there and not null.</summary>
    public readonly bool Has(string name) => (_present & table.MaskOf(name)) != 0;

    /// <summary>How many members of a group are there; <paramref name="first"/> is one of them.</summary>
    public readonly int CountOf(uint group, out string? first)
    {
        var present = _present & group;
        first = present == 0 ? null : table.Names[BitOperations.TrailingZeroCount(present)];
        return BitOperations.PopCount(present);
    }

    /// <summary>The first member of a group that is written, if only as <c>null</c>.</summary>
    public readonly string? FirstWritten(uint group) =>
        (_seen & group) is var written and not 0 ? table.Names[BitOperations.TrailingZeroCount(written)] : null;

    /// <summary>The names of those members of a group that are there.</summary>
    public readonly List<string> NamesOf(uint group)
    {
        var names = new List<string>();
        for (var present = _present & group; present != 0; present &= present - 1)
            names.Add(table.Names[BitOperations.TrailingZeroCount(present)]);
        return names;
    }

    /// <summary>
    /// Moves to the value of the next known member; null at the object's end. The value has to be read or skipped whole before
    /// the next move.
    /// </summary>
    public string? MoveNext(ref Utf8JsonReader json, ReadState state)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = table.IndexOf(ref json, _next);
            if (index >= 0)
                return MoveTo(index, ref json, state);

            Pass(ref json, state);
        }

        return null;
    }

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
        if (JsonText.TryRead(ref json, state.Pool, out var name))
            Unknown ??= name;
        json.Skip();
    }
}
