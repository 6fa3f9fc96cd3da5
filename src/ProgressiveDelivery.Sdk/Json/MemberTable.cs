using System.Numerics;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The members of one kind of object in the format, in their most common order in documents.</summary>
internal sealed class MemberTable
{
    // Each edit adds or removes at most one letter.
    private const int MaxOtherLetters = 2;

    private readonly string[] _names;
    private readonly byte[][] _utf8;
    private readonly uint[] _letters;

    /// <param name="place">The object, in messages: <c>a rule</c>.</param>
    /// <param name="names">Its members.</param>
    public MemberTable(string place, params string[] names)
    {
        Place = place;
        _names = names;
        _utf8 = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        _letters = Array.ConvertAll(names, LettersOf);
    }

    /// <summary>The object, in messages: <c>a rule</c>.</summary>
    public string Place { get; }

    public IReadOnlyList<string> Names => _names;

    /// <summary>The member in which editors find the schema, and which readers ignore; null if the object has none.</summary>
    public string? ForEditors { get; init; }

    /// <summary>Indicates whether the object's reader, and not the cursor, reports unknown members.</summary>
    public bool LeavesUnknown { get; init; }

    /// <summary>
    /// Returns the place of the member whose name was read last; negative if it is unknown. Searches from <paramref name="start"/> on first.
    /// </summary>
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

    /// <summary>
    /// Returns the bit of the absent member that is nearest to a misspelled name, or the bits of all that are equally near; 0 if it is no
    /// misspelling.
    /// </summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="present">The bits of the members that are present.</param>
    public uint MaskOfMeant(string name, uint present)
    {
        var letters = LettersOf(name);
        var (meant, fewest) = (0u, int.MaxValue);
        for (var i = 0; i < _names.Length; i++)
        {
            var bit = 1u << i;
            if ((present & bit) != 0 || !HasLettersOf(i, letters) || NearestName.Misspells(name, _names[i]) is not { } edits || edits > fewest)
                continue;
            (meant, fewest) = (edits < fewest ? bit : meant | bit, edits);
        }

        return meant;
    }

    /// <summary>Returns the names of the members whose bits are set, in the table's order.</summary>
    public List<string> NamesOf(uint mask)
    {
        var names = new List<string>();
        for (; mask != 0; mask &= mask - 1)
            names.Add(_names[BitOperations.TrailingZeroCount(mask)]);
        return names;
    }

    /// <summary>Returns a member's bit, at its place.</summary>
    public uint MaskOf(string name) => 1u << Array.IndexOf(_names, name);

    /// <summary>Returns a bit for each of these members, at its place.</summary>
    public uint MaskOf(IEnumerable<string> names) => names.Aggregate(0u, (mask, name) => mask | MaskOf(name));

    // Rejects nearly every name before edits are counted: a document may consist of unknown members.
    private bool HasLettersOf(int index, uint letters) =>
        BitOperations.PopCount(_letters[index] & ~letters) <= MaxOtherLetters && BitOperations.PopCount(letters & ~_letters[index]) <= MaxOtherLetters;

    private static uint LettersOf(string name)
    {
        var letters = 0u;
        foreach (var character in name)
        {
            var upper = char.ToUpperInvariant(character);
            letters |= 1u << (char.IsAsciiLetterUpper(upper) ? upper - 'A' : 26 + (upper % 6));
        }

        return letters;
    }
}
