using System.Diagnostics.CodeAnalysis;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Comparators (<c>&gt;= &gt; &lt;= &lt; =</c>, none meaning <c>=</c>) separated by one space. All of them must hold.</summary>
internal sealed class SemVerRange
{
    private readonly (Comparison Comparison, string Version, SemVerParts Parts)[] _comparators;

    private SemVerRange((Comparison, string, SemVerParts)[] comparators) => _comparators = comparators;

    public static bool TryParse(string text, [NotNullWhen(true)] out SemVerRange? range) => TryParse(text, VersionReading.SemVer2, out range);

    public static bool TryParse(string text, VersionReading reading, [NotNullWhen(true)] out SemVerRange? range)
    {
        range = null;
        var parts = text.Split(' ');
        var comparators = new (Comparison, string, SemVerParts)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var comparator = TakeComparator(parts[i], out var version);
            if (!SemVerParts.TryFind(version, reading == VersionReading.Partial, out var found))
                return false;
            comparators[i] = (comparator, version, found);
        }

        range = new(comparators);
        return true;
    }

    public bool Contains(SemVer version)
    {
        foreach (ref readonly var bound in _comparators.AsSpan())
        {
            if (!bound.Comparison.Holds(version.CompareTo(new(bound.Version, bound.Parts))))
                return false;
        }

        return true;
    }

    private static Comparison TakeComparator(string text, out string version)
    {
        var (comparator, length) = text switch
        {
            ['>', '=', ..] => (Comparison.AtLeast, 2),
            ['<', '=', ..] => (Comparison.AtMost, 2),
            ['>', ..] => (Comparison.Greater, 1),
            ['<', ..] => (Comparison.Less, 1),
            ['=', ..] => (Comparison.Equal, 1),
            _ => (Comparison.Equal, 0),
        };
        version = text[length..];
        return comparator;
    }
}
