using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A compiled snapshot: immutable, linked, and ready for evaluation.</summary>
internal sealed class Ruleset
{
    private readonly StringTable<Place> _places;
    private readonly OperandHash? _keyHash;
    private readonly AskedKeys _asked;
    private volatile Outcome[]? _sticky;

    public Ruleset(long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, CompiledFlag[] flags, OperandHash? keyHash = null)
    {
        Version = version;
        PublishedAt = publishedAt;
        ExpiresAt = expiresAt;
        Flags = flags;
        _keyHash = keyHash;
        _asked = new(flags.Length);
        _places = new(flags.Length);
        for (var i = 0; i < flags.Length; i++)
            _places.Add(flags[i].Key, new(i));
    }

    private Ruleset(Ruleset like, long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, CompiledFlag[] flags)
    {
        Version = version;
        PublishedAt = publishedAt;
        ExpiresAt = expiresAt;
        Flags = flags;
        (_keyHash, _asked, _places) = (like._keyHash, like._asked, like._places);       // the same keys have the same indices
    }

    public static Ruleset Empty { get; } = new(0, null, null, []);

    public long Version { get; }

    public DateTimeOffset? PublishedAt { get; }

    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The flags in the order of the document; a flag's <see cref="DependencyNode.Index"/> is its place here.</summary>
    public CompiledFlag[] Flags { get; }

    /// <summary>The outcomes that look up stored assignments.</summary>
    public IReadOnlyList<Outcome> Sticky => _sticky ??= [.. Flags.Where(flag => !flag.IsQuarantined).SelectMany(flag => flag.Outcomes).Where(outcome => outcome.IsSticky)];

    public int Quarantined => Flags.Count(flag => flag.IsQuarantined);

    /// <summary>Copies these rules, with each changed flag in place of the one with the same key.</summary>
    public Ruleset With(long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, IReadOnlyList<CompiledFlag> changed)
    {
        var flags = (CompiledFlag[])Flags.Clone();
        foreach (var flag in changed)
            flags[flag.Index] = flag;
        return new(this, version, publishedAt, expiresAt, flags);
    }

    public CompiledFlag? Find(string key)
    {
        if (!_asked.TryFind(key, out var index))
            return FindAndNote(key);
        var flags = Flags;
        return (uint)index < (uint)flags.Length ? flags[index] : null;      // AskedKeys.Missing is beyond
    }

    /// <summary>Finds a declared flag: first at its last place, then by key.</summary>
    /// <exception cref="ArgumentException">No flag can have the declared type.</exception>
    public CompiledFlag? Find<T>(FeatureFlag<T> declared)
    {
        var flags = Flags;
        var hint = declared.SlotHint;
        // Both hints came from flags with this key. For any pair that a race leaves, equal references mean equal keys.
        if ((uint)hint < (uint)flags.Length && ReferenceEquals(flags[hint].Key, declared.KeyHint))
            return flags[hint];

        declared.ThrowIfUnreadable();
        var flag = Find(declared.Key);
        if (flag is not null)
            (declared.SlotHint, declared.KeyHint) = (flag.Index, flag.Key);
        return flag;
    }

    private CompiledFlag? FindAndNote(string key)
    {
        if ((_places.Find(key) ?? (_keyHash is null ? null : FindHashed(key))) is not { } place)
        {
            _asked.NoteMissing(key);
            return null;
        }

        _asked.Note(key, place.Index);
        return Flags[place.Index];
    }

    private Place? FindHashed(string key)
    {
        Span<char> text = stackalloc char[Digest.MaxText];
        return _places.Find(text[..Digest.Of(key, _keyHash!.Value).Write(text, _keyHash.Value)]);
    }

    /// <summary>The place of a key in all rules that have the same flags.</summary>
    private sealed record Place(int Index);
}
