namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>The ends of the parts of a version in its text. Without a pre-release, its end is that of the patch part.</summary>
internal readonly record struct SemVerParts(int MajorEnd, int MinorEnd, int PatchEnd, int PreReleaseEnd)
{
    public static bool TryFind(ReadOnlySpan<char> text, out SemVerParts parts) => TryFind(text, isPartial: false, out parts);

    /// <summary>Finds the parts; of a partial version, a missing minor or patch part ends where the one before it does.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, bool isPartial, out SemVerParts parts)
    {
        parts = default;
        var major = NumberEnd(text, 0);
        if (!TryFindNext(text, major, isPartial, out var minor) || !TryFindNext(text, minor, isPartial, out var patch))
            return false;

        var preRelease = patch;
        var valid = patch == text.Length || TryFindSuffixes(text, patch, out preRelease);
        parts = new(major, minor, patch, preRelease);
        return valid;
    }

    private static bool TryFindNext(ReadOnlySpan<char> text, int end, bool isPartial, out int nextEnd)
    {
        nextEnd = end;
        if (end < 0)
            return false;
        if (!IsAt(text, end, '.'))
            return isPartial;
        nextEnd = NumberEnd(text, end + 1);
        return nextEnd >= 0;
    }

    // A loop: the framework's own search allocates until it is recompiled.
    public static bool IsDigits(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
                return false;
        }

        return true;
    }

    private static bool TryFindSuffixes(ReadOnlySpan<char> text, int patch, out int preRelease)
    {
        var plus = text[patch..].IndexOf('+');
        preRelease = plus < 0 ? text.Length : patch + plus;
        if (plus >= 0 && !AreIdentifiers(text[(preRelease + 1)..], leadingZeros: true))
            return false;
        return preRelease == patch || (text[patch] == '-' && AreIdentifiers(text[(patch + 1)..preRelease], leadingZeros: false));
    }

    // Finds the end of a number without leading zeros; negative if there is no such number.
    private static int NumberEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end == start || (end - start > 1 && text[start] == '0') ? -1 : end;
    }

    private static bool IsAt(ReadOnlySpan<char> text, int index, char character) =>
        (uint)index < (uint)text.Length && text[index] == character;

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool leadingZeros)
    {
        while (true)
        {
            var dot = text.IndexOf('.');
            var identifier = dot < 0 ? text : text[..dot];
            if (!IsIdentifier(identifier) || (!leadingZeros && identifier.Length > 1 && identifier[0] == '0' && IsDigits(identifier)))
                return false;
            if (dot < 0)
                return true;
            text = text[(dot + 1)..];
        }
    }

    private static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '-')
                return false;
        }

        return !text.IsEmpty;
    }
}
