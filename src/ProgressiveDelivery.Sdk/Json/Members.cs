using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The known members of one object, by name; the last of several with one name, and none for <c>null</c>.</summary>
internal struct Members
{
    private readonly MemberTable _table;
    private Values _values;

    public Members(MemberTable table) => _table = table;

    /// <summary>The first member with a value that the format does not know.</summary>
    public JsonProperty? Unknown { get; private set; }

    /// <summary>The member's value; of kind <see cref="JsonValueKind.Undefined"/> where it is absent or null.</summary>
    public readonly JsonElement this[string name] => _values[_table.IndexOf(name)];

    public readonly bool Has(string name) => this[name].ValueKind != JsonValueKind.Undefined;

    /// <summary>Takes an object's members in; <paramref name="reading"/> is told of names that occur twice.</summary>
    public void TakeFrom(JsonElement element, ReadState reading)
    {
        var seen = 0u;
        foreach (var property in element.EnumerateObject())
        {
            var index = _table.IndexOf(property);
            if (index < 0)
            {
                Unknown ??= property.Value.ValueKind == JsonValueKind.Null ? null : property;
                continue;
            }

            if ((seen & (1u << index)) != 0)
                reading.ReportDuplicate(_table.Names[index]);
            seen |= 1u << index;
            _values[index] = property.Value.ValueKind == JsonValueKind.Null ? default : property.Value;
        }
    }

    // As many as the largest object of the format has: a condition.
    [InlineArray(27)]
    private struct Values
    {
        private JsonElement _first;
    }
}
