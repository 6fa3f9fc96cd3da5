using System.Globalization;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Numbers names that occur more than once: <c>a</c>, <c>a#2</c>, <c>a#3</c>. Not thread-safe.</summary>
public sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>Returns the name, with a number if it is taken.</summary>
    /// <param name="name">The name.</param>
    public string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var unique = name;
        while (!_taken.Add(unique))
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}#{_last[name] = _last.GetValueOrDefault(name, 1) + 1}");
        return unique;
    }
}
