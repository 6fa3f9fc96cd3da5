namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A compiled snapshot: immutable, linked, and ready to be asked.</summary>
internal sealed class Ruleset
{
    private readonly StringTable<CompiledFlag> _byKey;

    public Ruleset(long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, CompiledFlag[] flags)
    {
        Version = version;
        PublishedAt = publishedAt;
        ExpiresAt = expiresAt;
        Flags = flags;
        _byKey = new(flags.Length);
        foreach (var flag in flags)
            _byKey.Add(flag.Key, flag);
    }

    private Ruleset(long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, CompiledFlag[] flags, StringTable<CompiledFlag> byKey)
    {
        Version = version;
        PublishedAt = publishedAt;
        ExpiresAt = expiresAt;
        Flags = flags;
        _byKey = byKey;
    }

    public static Ruleset Empty { get; } = new(0, null, null, []);

    public long Version { get; }

    public DateTimeOffset? PublishedAt { get; }

    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The flags in the order of the document; a flag's <see cref="DependencyNode.Index"/> is its place here.</summary>
    public CompiledFlag[] Flags { get; }

    public int Quarantined => Flags.Count(flag => flag.IsQuarantined);

    /// <summary>These rules with other flags in the places of those that have the same keys.</summary>
    public Ruleset With(long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, IReadOnlyList<CompiledFlag> changed)
    {
        var flags = (CompiledFlag[])Flags.Clone();
        var byKey = _byKey.Clone();
        foreach (var flag in changed)
        {
            flags[flag.Index] = flag;
            byKey.Add(flag.Key, flag);
        }

        return new(version, publishedAt, expiresAt, flags, byKey);
    }

    public CompiledFlag? Find(string key) => _byKey.Find(key);

    /// <summary>Finds a declared flag where it was found last, or anew.</summary>
    public CompiledFlag? Find<T>(FeatureFlag<T> declared)
    {
        var flags = Flags;
        var hint = declared.SlotHint;
        // Both hints were read off one flag or another of this key: whichever pair a race leaves, equal references are equal keys.
        if ((uint)hint < (uint)flags.Length && ReferenceEquals(flags[hint].Key, declared.KeyHint))
            return flags[hint];

        var flag = _byKey.Find(declared.Key);
        if (flag is not null)
            (declared.SlotHint, declared.KeyHint) = (flag.Index, flag.Key);
        return flag;
    }
}
