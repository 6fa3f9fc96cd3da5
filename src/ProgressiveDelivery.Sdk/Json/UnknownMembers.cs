using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The unknown members of one object, without duplicates; created only if there are some.</summary>
internal sealed class UnknownMembers
{
    private readonly NameIndex _index = new();
    private readonly List<Member> _members = [];

    /// <summary>The name of the first one that is no misspelling of a known member; null if there is none.</summary>
    public string? First => _members.Count == 0 ? null : _members[0].Name;

    /// <summary>Returns whether the current name is free for use: it begins with <c>x-</c>, or is the one for editors.</summary>
    public static bool IsFree(ref Utf8JsonReader json, MemberTable table)
    {
        if (!json.ValueIsEscaped)
            return json.ValueSpan.StartsWith("x-"u8) || (table.ForEditors is { } plain && json.ValueTextEquals(plain));
        var name = NameOf(ref json, pool: null);
        return name.StartsWith("x-", StringComparison.Ordinal) || name == table.ForEditors;
    }

    /// <summary>Adds the member whose name was read last, and skips its value.</summary>
    public void Add(ref Utf8JsonReader json, TextPool pool)
    {
        var name = NameOf(ref json, pool);
        json.Read();
        if (_index.Enter(name) is var place and >= 0)
            _members[place] = new(name, json.TokenType == JsonTokenType.Null);
        else
            _members.Add(new(name, json.TokenType == JsonTokenType.Null));
        json.Skip();
    }

    /// <summary>
    /// Removes and reports the misspellings of absent members, and returns the bits of the intended ones. A null value counts as absent, and is not a
    /// misspelling.
    /// </summary>
    public uint TakeMisspelt(MemberTable table, uint present, ReadState state)
    {
        var all = 0u;
        _members.RemoveAll(member =>
        {
            var meant = member.IsNull && !state.IsStrict ? 0 : table.MaskOfMeant(member.Name, present);
            if (meant != 0)
                state.ReportMisspelt(member.Name, string.Join("' or '", table.NamesOf(meant)), table.Place);
            all |= meant;
            return meant != 0;
        });
        return all;
    }

    /// <summary>Reports all members except one.</summary>
    public void Report(MemberTable table, ReadState state, string? except)
    {
        foreach (var (name, isNull) in _members)
        {
            if ((!isNull || state.IsStrict) && name != except)
                state.ReportUnknown(name, table.Place);
        }
    }

    // A name that is not valid Unicode is shown as it is written.
    private static string NameOf(ref Utf8JsonReader json, TextPool? pool) =>
        JsonText.TryRead(ref json, pool, out var name) ? name : Encoding.UTF8.GetString(json.ValueSpan);

    private readonly record struct Member(string Name, bool IsNull);
}
