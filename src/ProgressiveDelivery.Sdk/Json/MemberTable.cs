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

    /// <summary>The place of the member whose name was read last; negative when the format does not know it. Looks from <paramref name="start"/> on first.</summary>
    public int IndexOf(ref Utf8JsonReader json, int start)
    {
        if (json.ValueIsEscaped)
            return JsonText.TryRead(ref json, pool: null, out var name) ? Array.IndexOf(_names, name) : -1;

        for (var i = start; i < _utf8.Length; i++)
        {
            if (json.ValueSpan.SequenceEqual(_utf8[i]))
                return i;
        }

        for (var i = 0; i < start; i++)
        {
            if (json.ValueSpan.SequenceEqual(_utf8[i]))
                return i;
        }

        return -1;
    }

    /// <summary>A bit for a member, at its place.</summary>
    public uint MaskOf(string name) => 1u << Array.IndexOf(_names, name);

    /// <summary>A bit for each of these members, at its place.</summary>
    public uint MaskOf(IEnumerable<string> names) => names.Aggregate(0u, (mask, name) => mask | MaskOf(name));
}
