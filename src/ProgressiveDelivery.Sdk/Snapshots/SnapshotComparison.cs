using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// The flags whose answers can differ between two snapshots. They were added, removed or redefined, are served differently by an
/// overlay, became quarantined or sound, or depend on such a flag or on a redefined segment, layer or holdout. It compares the
/// content of definitions, not their places in memory; parts that two snapshots share are skipped.
/// </summary>
internal sealed class SnapshotComparison
{
    private readonly FeatureSnapshot _one;
    private readonly FeatureSnapshot _other;
    private readonly List<string> _added = [];
    private readonly List<string> _removed = [];
    private readonly List<string> _changed = [];
    private readonly List<string> _noted = [];
    private readonly HashSet<DefinitionName> _different = [];

    private SnapshotComparison(FeatureSnapshot one, FeatureSnapshot other) => (_one, _other) = (one, other);

    /// <summary>Flags that only the other snapshot has.</summary>
    public IReadOnlyList<string> Added => _added;

    /// <summary>Flags that only the first snapshot has.</summary>
    public IReadOnlyList<string> Removed => _removed;

    /// <summary>Flags whose own definitions differ in a way that can change an answer.</summary>
    public IReadOnlyList<string> Changed => _changed;

    /// <summary>Flags whose definitions differ in metadata only; their answers are the same unless they are also affected.</summary>
    public IReadOnlyList<string> Noted => _noted;

    /// <summary>Flags with equal definitions whose answers can still differ, through a dependency or an overlay.</summary>
    public IReadOnlyList<string> Affected { get; private set; } = [];

    /// <summary>Every flag whose answer can differ.</summary>
    public IReadOnlyList<string> Answers { get; private set; } = [];

    /// <summary>Compares two snapshots; one without definitions has no flags. All lists are in ordinal order.</summary>
    public static SnapshotComparison Of(FeatureSnapshot one, FeatureSnapshot other)
    {
        var comparison = new SnapshotComparison(one, other);
        if (one.Rules != other.Rules)
            comparison.Run();
        return comparison;
    }

    /// <summary>Returns the flags whose answers can differ, to look names up in; all of them if there is nothing to compare with.</summary>
    public static IReadOnlySet<string> ChangedFlags(FeatureSnapshot? one, FeatureSnapshot other)
    {
        var changed = one is null ? other.Rules.Flags.Select(flag => flag.Key) : Of(one, other).Answers;
        return changed.ToHashSet(StringComparer.Ordinal);
    }

    private void Run()
    {
        var (one, other) = (_one.Definition, _other.Definition);
        Compare(DefinitionKind.Segment, one?.Segments, other?.Segments, segment => segment.Name);
        Compare(DefinitionKind.Layer, one?.Layers, other?.Layers, layer => layer.Name);
        Compare(DefinitionKind.Holdout, one?.Holdouts, other?.Holdouts, holdout => holdout.Name);
        CompareFlags(one?.Flags ?? [], other?.Flags ?? []);
        CompareRules();
        if (other is not null && _different.Count > 0)
            DependencyGraph.Of(other).AddUsers(_different);
        Conclude();
    }

    private void Compare<T>(DefinitionKind kind, IReadOnlyList<T>? one, IReadOnlyList<T>? other, Func<T, string> nameOf)
        where T : class
    {
        if (ReferenceEquals(one, other))
            return;
        var before = ByName(one ?? [], nameOf);
        var after = ByName(other ?? [], nameOf);
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            if (!before.TryGetValue(name, out var old) || !after.TryGetValue(name, out var now) || !old.Equals(now))
                _different.Add(new(kind, name));
        }
    }

    private void CompareFlags(IReadOnlyList<FlagDefinition> one, IReadOnlyList<FlagDefinition> other)
    {
        if (ReferenceEquals(one, other))
            return;
        var before = ByName(one, flag => flag.Key);
        foreach (var (key, flag) in ByName(other, flag => flag.Key))
        {
            if (!before.Remove(key, out var old))
                _added.Add(key);
            else if (!old.AnswersLike(flag))
                _changed.Add(key);
            else if (!old.IsNotedLike(flag))
                _noted.Add(key);
        }

        _removed.AddRange(before.Keys);
        foreach (var key in _added.Concat(_changed).Concat(_removed))
            _different.Add(new(DefinitionKind.Flag, key));
    }

    // The compiled form of a definition may depend on others: slots overlap, or a cycle is closed.
    private void CompareRules()
    {
        foreach (var key in LocalOverlay.Difference(_one.Overlay, _other.Overlay))
            _different.Add(new(DefinitionKind.Flag, key));
        foreach (var flag in _other.Rules.Flags)
        {
            if (_one.Rules.Find(flag.Key) is { } old && old.IsQuarantined != flag.IsQuarantined)
                _different.Add(new(DefinitionKind.Flag, flag.Key));
        }
    }

    private void Conclude()
    {
        var known = _added.Concat(_changed).Concat(_removed).ToHashSet(StringComparer.Ordinal);
        var answers = _different.Where(name => name.Kind == DefinitionKind.Flag && (known.Contains(name.Name) || _other.Rules.Find(name.Name) is not null));
        Answers = [.. answers.Select(name => name.Name).Order(StringComparer.Ordinal)];
        Affected = [.. Answers.Where(key => !known.Contains(key))];
        foreach (var keys in (List<string>[])[_added, _removed, _changed, _noted])
            keys.Sort(StringComparer.Ordinal);
    }

    // Of definitions with the same name the last one counts.
    private static Dictionary<string, T> ByName<T>(IReadOnlyList<T> definitions, Func<T, string> nameOf)
    {
        var byName = new Dictionary<string, T>(definitions.Count, StringComparer.Ordinal);
        foreach (var definition in definitions)
            byName[nameOf(definition)] = definition;
        return byName;
    }
}
