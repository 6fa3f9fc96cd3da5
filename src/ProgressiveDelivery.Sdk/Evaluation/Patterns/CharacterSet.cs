using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>A set of UTF-16 code units: ranges and Unicode categories, optionally negated or without another set.</summary>
internal sealed record CharacterSet
{
    private readonly ulong _below64;
    private readonly ulong _below128;

    /// <param name="ranges">First and last member of each range, ascending and apart.</param>
    /// <param name="categories">A bit for each <see cref="UnicodeCategory"/>.</param>
    /// <param name="isNegated">True if the set contains all other characters.</param>
    /// <param name="except">The members that are taken away last; null if there are none.</param>
    public CharacterSet(string ranges, uint categories = 0, bool isNegated = false, CharacterSet? except = null)
    {
        (Ranges, Categories, IsNegated, Except) = (ranges, categories, isNegated, except);
        for (var c = 0; c < 128; c++)
        {
            if (!Find((char)c))
                continue;
            if (c < 64)
                _below64 |= 1UL << c;
            else
                _below128 |= 1UL << (c - 64);
        }
    }

    public static CharacterSet All { get; } = new("\0\uFFFF");

    public static CharacterSet NotNewline { get; } = new("\n\n", isNegated: true);

    public string Ranges { get; }

    public uint Categories { get; }

    public bool IsNegated { get; }

    public CharacterSet? Except { get; }

    /// <summary>Indicates whether the set consists of its ranges only.</summary>
    public bool IsPlain => !IsNegated && Categories == 0 && Except is null;

    public int Size => 80 + (Ranges.Length * sizeof(char)) + (Except?.Size ?? 0);

    public bool Contains(char character) => character switch
    {
        < (char)64 => ((_below64 >> character) & 1) != 0,
        < (char)128 => ((_below128 >> (character - 64)) & 1) != 0,
        _ => Find(character),
    };

    /// <summary>Returns whether all characters of a text are members.</summary>
    public bool ContainsAll(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!Contains(character))
                return false;
        }

        return true;
    }

    private bool Find(char character)
    {
        var isListed = IsInRange(character) || (Categories != 0 && ((Categories >> (int)char.GetUnicodeCategory(character)) & 1) != 0);
        return isListed != IsNegated && Except?.Contains(character) != true;
    }

    private bool IsInRange(char character)
    {
        var low = 0;
        var high = Ranges.Length / 2;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (character < Ranges[2 * middle])
                high = middle;
            else if (character > Ranges[(2 * middle) + 1])
                low = middle + 1;
            else
                return true;
        }

        return false;
    }
}
