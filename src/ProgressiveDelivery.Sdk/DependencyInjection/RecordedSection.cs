using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// A section that records the keys that were read. A key that was never read had no effect: no option has its name. It needs no list of the members of an
/// options class, and so cannot lag behind one.
/// </summary>
internal sealed class RecordedSection(IConfiguration section, Action<RecordedSection> read) : IConfigurationSection
{
    private readonly Dictionary<string, RecordedSection> _children = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private bool _isRead;

    public string Key => (section as IConfigurationSection)?.Key ?? "";

    public string Path => (section as IConfigurationSection)?.Path ?? "";

    public string? Value
    {
        get
        {
            _isRead = true;
            read(this);
            return IsHidden ? null : (section as IConfigurationSection)?.Value;
        }
        set => throw new NotSupportedException("The options' section is only read.");
    }

    /// <summary>Set once the value turned out not to fit the option's type: the others are read without it.</summary>
    public bool IsHidden { get; set; }

    private bool IsUsed => _isRead || _children.Values.Any(child => child.IsUsed);

    public string? this[string key]
    {
        get => GetSection(key).Value;
        set => throw new NotSupportedException("The options' section is only read.");
    }

    public IConfigurationSection GetSection(string key)
    {
        _asked.Add(key);
        return Child(key, section.GetSection(key));
    }

    public IEnumerable<IConfigurationSection> GetChildren() =>
        section.GetChildren().Select(child => Child(child.Key, child)).Where(child => !child.IsHidden);

    public IChangeToken GetReloadToken() => section.GetReloadToken();

    /// <summary>Returns the keys that had no effect, each with what is wrong with it.</summary>
    /// <param name="others">The sections that other options are read from, which may lie in this one.</param>
    public IEnumerable<(string Path, string Message)> Unread(BoundSections others)
    {
        foreach (var child in section.GetChildren())
        {
            if (Child(child.Key, child) is { IsUsed: true } || others.HasBelow(child.Path))
            {
                foreach (var unread in Child(child.Key, child).Unread(others))
                    yield return unread;
            }
            else if (!others.Has(child.Path) && FaultOf(child) is { } fault)
            {
                yield return (child.Path, fault);
            }
        }
    }

    // A list, a mapping or an object that was looked for, and whose value was not: JSON's {}, [] and null arrive as such.
    private string? FaultOf(IConfigurationSection child)
    {
        if (!_asked.Contains(child.Key))
            return UnknownKey(NearestName.Find(child.Key, _asked.Where(IsAbsent)));
        return string.IsNullOrEmpty(child.Value) ? null : "it is a single value, and the option is a list or has members. Give a list, or an object with its members.";
    }

    private bool IsAbsent(string name) => section.GetSection(name) is { Value: null } other && !other.GetChildren().Any();

    private static string UnknownKey(string? nearest) =>
        $"it is no option{(nearest is null ? "" : $" (did you mean '{nearest}'?)")}. Correct the key, or remove it.";

    private RecordedSection Child(string key, IConfigurationSection child)
    {
        if (!_children.TryGetValue(key, out var known))
            _children.Add(key, known = new(child, read));
        return known;
    }
}
