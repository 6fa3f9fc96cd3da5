namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A SemVer 2.0 version over the caller's text: three numeric parts and a pre-release; build metadata is checked and left out.</summary>
/// <remarks>Parts are compared as digits, so that their length has no limit. Source: semver.org, 2.0.0, items 2, 9, 10 and 11.</remarks>
internal readonly ref struct SemVer
{
    private readonly ReadOnlySpan<char> _major;
    private readonly ReadOnlySpan<char> _minor;
    private readonly ReadOnlySpan<char> _patch;
    private readonly ReadOnlySpan<char> _preRelease;

    private SemVer(ReadOnlySpan<char> major, ReadOnlySpan<char> minor, ReadOnlySpan<char> patch, ReadOnlySpan<char> preRelease)
    {
        _major = major;
        _minor = minor;
        _patch = patch;
        _preRelease = preRelease;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out SemVer version)
    {
        version = default;
        var plus = text.IndexOf('+');
        if (plus >= 0)
        {
            if (!AreIdentifiers(text[(plus + 1)..], leadingZeros: true))
                return false;
            text = text[..plus];
        }

        ReadOnlySpan<char> preRelease = default;
        var dash = text.IndexOf('-');
        if (dash >= 0)
        {
            preRelease = text[(dash + 1)..];
            if (!AreIdentifiers(preRelease, leadingZeros: false))
                return false;
            text = text[..dash];
        }

        if (!TakeNumber(ref text, '.', out var major) || !TakeNumber(ref text, '.', out var minor) || !IsNumber(text))
            return false;
        version = new(major, minor, text, preRelease);
        return true;
    }

    public int CompareTo(SemVer other)
    {
        var order = CompareDigits(_major, other._major);
        if (order == 0)
            order = CompareDigits(_minor, other._minor);
        if (order == 0)
            order = CompareDigits(_patch, other._patch);
        return order != 0 ? order : ComparePreReleases(_preRelease, other._preRelease);
    }

    // A version without a pre-release comes after all of its pre-releases.
    private static int ComparePreReleases(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
            return left.IsEmpty.CompareTo(right.IsEmpty);
        while (true)
        {
            var order = CompareIdentifiers(Take(ref left), Take(ref right));
            if (order != 0)
                return order;
            if (left.IsEmpty || right.IsEmpty)
                return right.IsEmpty.CompareTo(left.IsEmpty);
        }
    }

    // Numeric identifiers come before others.
    private static int CompareIdentifiers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        (IsDigits(left), IsDigits(right)) switch
        {
            (true, true) => CompareDigits(left, right),
            (true, false) => -1,
            (false, true) => 1,
            _ => left.SequenceCompareTo(right),
        };

    private static int CompareDigits(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest)
    {
        var dot = rest.IndexOf('.');
        var taken = dot < 0 ? rest : rest[..dot];
        rest = dot < 0 ? default : rest[(dot + 1)..];
        return taken;
    }

    private static bool TakeNumber(scoped ref ReadOnlySpan<char> rest, char end, out ReadOnlySpan<char> number)
    {
        var index = rest.IndexOf(end);
        number = index < 0 ? default : rest[..index];
        if (index < 0 || !IsNumber(number))
            return false;
        rest = rest[(index + 1)..];
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        !text.IsEmpty && IsDigits(text) && (text.Length == 1 || text[0] != '0');

    // A loop: until it is compiled anew, the framework's own search allocates.
    private static bool IsDigits(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
                return false;
        }

        return true;
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool leadingZeros)
    {
        while (true)
        {
            var dot = text.IndexOf('.');
            var identifier = dot < 0 ? text : text[..dot];
            if (!IsIdentifier(identifier) || (!leadingZeros && IsDigits(identifier) && !IsNumber(identifier)))
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
