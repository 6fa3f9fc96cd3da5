using System.Collections.ObjectModel;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A named decision point: typed variants, and the rules that choose among them.</summary>
public sealed record FlagDefinition
{
    /// <summary>The key that callers ask by; case-sensitive.</summary>
    public required string Key { get; init; }

    /// <summary>What the variants hold.</summary>
    public required FlagType Type { get; init; }

    /// <summary>The variants, each with a name of its own.</summary>
    public IReadOnlyList<VariantDefinition> Variants { get; init; } = [];

    /// <summary>Whether the rules are asked at all; otherwise <see cref="OffVariant"/> is served. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Served when the flag is not enabled or a prerequisite fails; null: the caller's fallback.</summary>
    public string? OffVariant { get; init; }

    /// <summary>Flags that must yield one of the named variants first.</summary>
    public IReadOnlyList<PrerequisiteDefinition> Requires { get; init; } = [];

    /// <summary>The rules, asked in order.</summary>
    public IReadOnlyList<RuleDefinition> Rules { get; init; } = [];

    /// <summary>What is served when no rule decides; null: the caller's fallback.</summary>
    public ServeDefinition? Default { get; init; }

    /// <summary>Whether browsers and other front ends may see the flag. Default false.</summary>
    public bool ClientVisible { get; init; }

    /// <summary>The flag's own version, as its backend counts; null: it has none. Reports of usage tell it; our own format does not have it.</summary>
    public long? Version { get; init; }

    /// <summary>Anything else that the flag's owners noted; carried, never evaluated.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>
    /// Set by a reader that could not read the flag: what is wrong with it. Such a flag is quarantined; asked, it answers the
    /// caller's fallback with reason <see cref="EvaluationReason.Error"/>.
    /// </summary>
    public SnapshotDiagnostic? Defect { get; init; }
}
