using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The members that one kind of object in the format has.</summary>
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

    /// <summary>The place of a member; negative when the format does not know it.</summary>
    public int IndexOf(JsonProperty property)
    {
        for (var i = 0; i < _utf8.Length; i++)
        {
            if (property.NameEquals(_utf8[i]))
                return i;
        }

        return -1;
    }

    public int IndexOf(string name) => Array.IndexOf(_names, name);
}
