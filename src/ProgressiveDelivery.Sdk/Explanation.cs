using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>How a flag was decided for a context: a tree of steps, and a text of it for people.</summary>
public sealed record Explanation
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The flag's type; null when there is no such flag.</summary>
    public FlagType? Type { get; init; }

    /// <summary>Why it was decided so.</summary>
    public required EvaluationReason Reason { get; init; }

    /// <summary>The variant served; null: the caller's fallback.</summary>
    public string? Variant { get; init; }

    /// <summary>The variant's value as JSON text; null: the caller's fallback.</summary>
    public string? Value { get; init; }

    /// <summary>What <c>IsEnabled</c> answers: the boolean, or whether the flag is on beside its variant; null: the caller's fallback.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>The id of the rule that decided, or its place (<c>#2</c>) where it has none; null when no rule did.</summary>
    public string? Rule { get; init; }

    /// <summary>What is wrong, where the reason is an error.</summary>
    public string? Error { get; init; }

    /// <summary>What the flag's owners noted, or its backend needs told; empty where there is no such flag.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The version of the snapshot; 0 when there is none.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>Where the rules came from.</summary>
    public SnapshotOrigin Origin { get; init; }

    /// <summary>Whether an operator holds that version in force.</summary>
    public bool IsHeld { get; init; }

    /// <summary>What was looked at, in order.</summary>
    public IReadOnlyList<ExplanationStep> Steps { get; init; } = [];

    /// <summary>The explanation on several lines, indented as the steps are nested.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Flag).Append(" → ")
            .Append(Variant is null ? "the caller's fallback" : $"{Variant} ({Value})")
            .Append(", ").Append(Reason);
        if (Rule is not null)
            text.Append(" by rule ").Append(Rule);
        text.Append(CultureInfo.InvariantCulture, $" (snapshot {SnapshotVersion}, {Origin}{(IsHeld ? ", held by an operator" : "")})\n");
        if (Error is not null)
            text.Append("  ").Append(Error).Append('\n');
        foreach (var step in Steps)
            step.Write(text, depth: 1);
        return text.ToString();
    }
}
