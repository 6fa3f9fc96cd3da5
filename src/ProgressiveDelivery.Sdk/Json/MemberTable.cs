using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The members that one kind of object in the format has, in the order in which documents mostly have them.</summary>
internal sealed class MemberTable
{
    private readonly string[] _names;
    private readonly byte[][] _utf8;

    public MemberTable(params string[] names)
    {
        _names = names;
        _utf8 = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
    }

    public IReadOnlyList<string> Names => _names;

    /// <summary>The place of a member; negative when the format does not know it. Looks from <paramref name="start"/> on first.</summary>
    public int IndexOf(JsonProperty property, int start)
    {
        try
        {
            return Find(property, start);
        }
        catch (InvalidOperationException)
        {
            // The name escapes half of a surrogate pair.
            return -1;
        }
    }

    private int Find(JsonProperty property, int start)
    {
        for (var i = start; i < _utf8.Length; i++)
        {
            if (property.NameEquals(_utf8[i]))
                return i;
        }

        for (var i = 0; i < start; i++)
        {
            if (property.NameEquals(_utf8[i]))
                return i;
        }

        return -1;
    }

    public int IndexOf(string name)
    {
        var place = 0;
        while (!string.Equals(_names[place], name, StringComparison.Ordinal))
            place++;
        return place;
    }

    /// <summary>A bit for each of these members, at its place.</summary>
    public uint MaskOf(IEnumerable<string> names) => names.Aggregate(0u, (mask, name) => mask | (1u << IndexOf(name)));
}
