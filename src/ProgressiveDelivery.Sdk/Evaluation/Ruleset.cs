using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A compiled snapshot: immutable, linked, and ready to be asked.</summary>
internal sealed class Ruleset
{
    private readonly StringTable<CompiledFlag> _byKey;
    private readonly OperandHash? _keyHash;

    public Ruleset(long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, CompiledFlag[] flags, OperandHash? keyHash = null)
    {
        Version = version;
        PublishedAt = publishedAt;
        ExpiresAt = expiresAt;
        Flags = flags;
        _keyHash = keyHash;
        _byKey = new(flags.Length);
        foreach (var flag in flags)
            _byKey.Add(flag.Key, flag);
    }

    private Ruleset(long version, DateTimeOffset? publishedAt, DateTimeOffset? expiresAt, CompiledFlag[] flags, OperandHash? keyHash, StringTable<CompiledFlag> byKey)
    {
        Version = version;
        PublishedAt = publishedAt;
        ExpiresAt = expiresAt;
        Flags = flags;
        _keyHash = keyHash;
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

        return new(version, publishedAt, expiresAt, flags, _keyHash, byKey);
    }

    public CompiledFlag? Find(string key) => _byKey.Find(key) ?? (_keyHash is null ? null : FindHashed(key));

    /// <summary>Finds a declared flag where it was found last, or anew.</summary>
    public CompiledFlag? Find<T>(FeatureFlag<T> declared)
    {
        var flags = Flags;
        var hint = declared.SlotHint;
        // Both hints were read off one flag or another of this key: whichever pair a race leaves, equal references are equal keys.
        if ((uint)hint < (uint)flags.Length && ReferenceEquals(flags[hint].Key, declared.KeyHint))
            return flags[hint];

        var flag = Find(declared.Key);
        if (flag is not null)
            (declared.SlotHint, declared.KeyHint) = (flag.Index, flag.Key);
        return flag;
    }

    private CompiledFlag? FindHashed(string key)
    {
        Span<char> text = stackalloc char[Digest.LongestText];
        return _byKey.Find(text[..Digest.Of(key, _keyHash!.Value).Write(text, _keyHash.Value)]);
    }
}
