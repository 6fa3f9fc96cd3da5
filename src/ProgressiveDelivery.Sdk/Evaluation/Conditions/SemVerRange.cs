using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Comparators (<c>&gt;= &gt; &lt;= &lt; =</c>, none meaning <c>=</c>) with one space between, all of which must hold.</summary>
internal sealed class SemVerRange
{
    private readonly (Comparison Comparison, string Version)[] _comparators;

    private SemVerRange((Comparison, string)[] comparators) => _comparators = comparators;

    public static bool TryParse(string text, [NotNullWhen(true)] out SemVerRange? range)
    {
        range = null;
        var parts = text.Split(' ');
        var comparators = new (Comparison, string)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var comparator = TakeComparator(parts[i], out var version);
            if (!SemVer.TryParse(version, out _))
                return false;
            comparators[i] = (comparator, version);
        }

        range = new(comparators);
        return true;
    }

    public bool Contains(SemVer version)
    {
        foreach (var (comparator, text) in _comparators)
        {
            if (!SemVer.TryParse(text, out var bound) || !comparator.Holds(version.CompareTo(bound)))
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
