namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Ranges of characters, in any order until they are converted to text.</summary>
internal sealed class CharacterRanges
{
    private readonly List<(char First, char Last)> _ranges = [];

    public bool IsAscii => _ranges.TrueForAll(range => range.Last < 128);

    public void Add(char character) => Add(character, character);

    public void Add(char first, char last) => _ranges.Add((first, last));

    /// <summary>Adds the ranges of a text in the form of <see cref="ToString"/>.</summary>
    public void Add(string ranges)
    {
        for (var i = 0; i < ranges.Length; i += 2)
            Add(ranges[i], ranges[i + 1]);
    }

    /// <summary>Adds all characters that the given ranges lack.</summary>
    public void AddOthers(string ranges)
    {
        var next = 0;
        for (var i = 0; i < ranges.Length; i += 2)
        {
            if (ranges[i] > next)
                Add((char)next, (char)(ranges[i] - 1));
            next = ranges[i + 1] + 1;
        }

        if (next <= char.MaxValue)
            Add((char)next, char.MaxValue);
    }

    public bool Contains(char character) => _ranges.Exists(range => range.First <= character && character <= range.Last);

    /// <summary>Returns the first and last member of each range, ascending and apart.</summary>
    public override string ToString()
    {
        _ranges.Sort();
        var merged = new List<char>(_ranges.Count * 2);
        foreach (var (first, last) in _ranges)
        {
            if (merged.Count == 0 || first > merged[^1] + 1)
                merged.AddRange([first, last]);
            else if (last > merged[^1])
                merged[^1] = last;
        }

        return string.Concat(merged);
    }
}
