namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A SemVer 2.0 version over the caller's text: three numeric parts and a pre-release; build metadata is checked and left out.</summary>
/// <remarks>Parts are compared as digits, so that their length has no limit. Source: semver.org, 2.0.0, items 2, 9, 10 and 11.</remarks>
internal readonly ref struct SemVer
{
    private readonly ReadOnlySpan<char> _text;
    private readonly SemVerParts _parts;

    public SemVer(ReadOnlySpan<char> text, SemVerParts parts)
    {
        _text = text;
        _parts = parts;
    }

    private ReadOnlySpan<char> Major => _text[.._parts.MajorEnd];

    private ReadOnlySpan<char> Minor => _parts.MinorEnd == _parts.MajorEnd ? "0" : _text[(_parts.MajorEnd + 1).._parts.MinorEnd];

    private ReadOnlySpan<char> Patch => _parts.PatchEnd == _parts.MinorEnd ? "0" : _text[(_parts.MinorEnd + 1).._parts.PatchEnd];

    private ReadOnlySpan<char> PreRelease => _parts.PreReleaseEnd == _parts.PatchEnd ? default : _text[(_parts.PatchEnd + 1).._parts.PreReleaseEnd];

    public static bool TryParse(ReadOnlySpan<char> text, out SemVer version) => TryParse(text, isPartial: false, out version);

    /// <summary>Reads a version. A partial version may lack the minor and the patch part.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, bool isPartial, out SemVer version)
    {
        var parsed = SemVerParts.TryFind(text, isPartial, out var parts);
        version = new(text, parts);
        return parsed;
    }

    public bool HasMajorOf(SemVer other) => CompareDigits(Major, other.Major) == 0;

    public bool HasMinorOf(SemVer other) => CompareDigits(Minor, other.Minor) == 0;

    public int CompareTo(SemVer other)
    {
        var order = CompareDigits(Major, other.Major);
        if (order == 0)
            order = CompareDigits(Minor, other.Minor);
        if (order == 0)
            order = CompareDigits(Patch, other.Patch);
        return order != 0 ? order : ComparePreReleases(PreRelease, other.PreRelease);
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
        (SemVerParts.IsDigits(left), SemVerParts.IsDigits(right)) switch
        {
            (true, true) => CompareDigits(left, right),
            (true, false) => -1,
            (false, true) => 1,
            _ => left.SequenceCompareTo(right),
        };

    private static int CompareDigits(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length != right.Length)
            return left.Length.CompareTo(right.Length);
        return left.Length == 1 ? left[0].CompareTo(right[0]) : left.SequenceCompareTo(right);
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest)
    {
        var dot = rest.IndexOf('.');
        var taken = dot < 0 ? rest : rest[..dot];
        rest = dot < 0 ? default : rest[(dot + 1)..];
        return taken;
    }
}
