using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>The facts of a flag that an answer shows.</summary>
internal interface IFlagFacts
{
    /// <summary>The flag's key.</summary>
    string Key { get; }

    /// <summary>The flag's type.</summary>
    FlagType Type { get; }

    /// <summary>The fault that the flag is quarantined for; null for a sound flag.</summary>
    string? Defect { get; }

    /// <summary>The entries that the flag's owners noted.</summary>
    IReadOnlyDictionary<string, JsonElement> Metadata { get; }

    /// <summary>The id of a rule, or its place.</summary>
    string RuleName(int rule);
}
