using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>A flag of a snapshot as it was defined, for pages, tools and endpoints. Immutable.</summary>
[DebuggerDisplay("{Key} ({Type})")]
public sealed class FlagInfo
{
    private Lazy<IReadOnlyList<string>>? _attributes;

    internal FlagInfo()
    {
    }

    /// <summary>The flag's key.</summary>
    public string Key { get; internal init; } = "";

    /// <summary>The flag's type.</summary>
    public FlagType Type { get; internal init; }

    /// <summary>The flag's own version; null if it has none.</summary>
    public long? Version { get; internal init; }

    /// <summary>Indicates whether the flag's rules are in use; a flag that is off serves its off variant to every context.</summary>
    public bool IsEnabled { get; internal init; }

    /// <summary>Indicates whether the flag is among those of <see cref="IFeatureEvaluator.GetFrontEndFlags"/>.</summary>
    public bool IsClientVisible { get; internal init; }

    /// <summary>Indicates whether the flag's answers may change with time alone, by a schedule or a rollout in steps.</summary>
    public bool DependsOnTime { get; internal init; }

    /// <summary>The variants, in the order of the definition.</summary>
    public IReadOnlyList<VariantInfo> Variants { get; internal init; } = [];

    /// <summary>The flags that must serve certain variants first, each in words: <c>flag 'payments' is 'on'</c>.</summary>
    public IReadOnlyList<string> Prerequisites { get; internal init; } = [];

    /// <summary>The rules, in the order in which they are tried.</summary>
    public IReadOnlyList<RuleInfo> Rules { get; internal init; } = [];

    /// <summary>The outcome for contexts that no rule serves, in words; null for the caller's fallback.</summary>
    public string? Default { get; internal init; }

    /// <summary>The variant of the flag while it is off; null for the caller's fallback.</summary>
    public string? OffVariant { get; internal init; }

    /// <summary>Indicates whether the flag has the same answer for every context, at any time: it is off, killed or overridden, or it has only a default that names one variant.</summary>
    public bool IsConstant { get; internal init; }

    /// <summary>
    /// The variants that the flag may serve as it stands, in the order of the definition. Shares are not looked at: a rollout of 0 % may serve its variant. Empty for a flag that only
    /// answers the caller's fallback; null if any variant is possible, by rules of another backend or a guard.
    /// </summary>
    public IReadOnlyList<string>? ServedVariants { get; internal init; }

    /// <summary>The keys of the experiments in the flag's rules and default.</summary>
    public IReadOnlyList<string> Experiments { get; internal init; } = [];

    /// <summary>
    /// The references to the context that its rules read (<c>country</c>, <c>/address/city</c>, <c>organization:plan</c>, <c>targetingKey</c>), in ordinal order. Those of its segments, layers and
    /// holdouts, and of the flags that it depends on, are among them. Names that are known by their hashes alone, and those that another backend's expression computes, are not. Found on the first access.
    /// </summary>
    public IReadOnlyList<string> Attributes => _attributes?.Value ?? [];

    /// <summary>
    /// The reason for which the flag serves something else than its rules: <see cref="EvaluationReason.Override"/>, <see cref="EvaluationReason.Guarded"/> or <see cref="EvaluationReason.Killed"/>;
    /// null while its rules decide.
    /// </summary>
    public EvaluationReason? Overlay { get; internal init; }

    /// <summary>The problem for which the flag is quarantined, with the remedy; null for a sound flag.</summary>
    public string? Defect { get; internal init; }

    /// <summary>The flag's metadata: notes of its owners, or data for its backend.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; internal init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    internal Func<IReadOnlyList<string>> FindAttributes
    {
        init => _attributes = new(value);
    }

    /// <summary>The flag's key.</summary>
    public override string ToString() => Key;
}
