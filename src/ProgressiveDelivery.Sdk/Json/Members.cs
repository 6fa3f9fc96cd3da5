using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The known members of one object, by name; the last of several with one name, and none for <c>null</c>.</summary>
internal struct Members
{
    private MemberTable _table;
    private Values _values;
    private uint _present;

    /// <summary>The first member with a value that the format does not know.</summary>
    public JsonProperty? Unknown { get; private set; }

    /// <summary>The member's value; of kind <see cref="JsonValueKind.Undefined"/> where it is absent or null.</summary>
    public readonly JsonElement this[string name] => _values[_table.IndexOf(name)];

    public readonly bool Has(string name) => (_present & (1u << _table.IndexOf(name))) != 0;

    /// <summary>How many members of a group are present; <paramref name="first"/> is one of them.</summary>
    public readonly int CountOf(uint group, out string? first)
    {
        var present = _present & group;
        first = present == 0 ? null : _table.Names[BitOperations.TrailingZeroCount(present)];
        return BitOperations.PopCount(present);
    }

    /// <summary>The names of those members of a group that are present.</summary>
    public readonly List<string> NamesOf(uint group)
    {
        var names = new List<string>();
        for (var present = _present & group; present != 0; present &= present - 1)
            names.Add(_table.Names[BitOperations.TrailingZeroCount(present)]);
        return names;
    }

    /// <summary>Takes an object's members in; <paramref name="reading"/> is told of names that occur twice.</summary>
    public void TakeFrom(JsonElement element, MemberTable table, ReadState reading)
    {
        _table = table;
        var seen = 0u;
        var next = 0;
        foreach (var property in element.EnumerateObject())
        {
            var index = _table.IndexOf(property, next);
            if (index < 0)
            {
                Unknown ??= property.Value.ValueKind == JsonValueKind.Null ? null : property;
                continue;
            }

            next = index + 1;
            if ((seen & (1u << index)) != 0)
                reading.ReportDuplicate(_table.Names[index]);
            seen |= 1u << index;
            Set(index, property.Value);
        }
    }

    private void Set(int index, JsonElement value)
    {
        var isNull = value.ValueKind == JsonValueKind.Null;
        _values[index] = isNull ? default : value;
        _present = isNull ? _present & ~(1u << index) : _present | (1u << index);
    }

    // As many as the largest object of the format has: a condition.
    [InlineArray(27)]
    private struct Values
    {
        private JsonElement _first;
    }
}
