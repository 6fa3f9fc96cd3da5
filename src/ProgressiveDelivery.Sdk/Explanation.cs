using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>An explanation of how a flag was decided for a context: a tree of steps, and a text of it for people.</summary>
public sealed record Explanation
{
    /// <summary>The flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The flag's type; null when there is no such flag.</summary>
    public FlagType? Type { get; init; }

    /// <summary>The reason for the decision.</summary>
    public required EvaluationReason Reason { get; init; }

    /// <summary>The variant served; null for the caller's fallback.</summary>
    public string? Variant { get; init; }

    /// <summary>The variant's value as JSON text; null for the caller's fallback.</summary>
    public string? Value { get; init; }

    /// <summary>The answer of <c>IsEnabled</c>: the boolean, or the on/off state beside the variant; null for the caller's fallback.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>The id of the rule that decided, or its place (<c>#2</c>) where it has none; null when no rule did.</summary>
    public string? Rule { get; init; }

    /// <summary>The problem, if the reason is an error.</summary>
    public string? Error { get; init; }

    /// <summary>The flag's metadata: notes of its owners, or data for its backend. Empty if there is no such flag.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The version of the snapshot; 0 when there is none.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>The origin of the rules.</summary>
    public SnapshotOrigin Origin { get; init; }

    /// <summary>Indicates whether an operator holds that version in force.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The steps of the evaluation, in order.</summary>
    public IReadOnlyList<ExplanationStep> Steps { get; init; } = [];

    /// <summary>
    /// The effects of guards and gates on the flag, for people: <c>guard 'errors' tripped: …</c>, <c>the step to 25 % waits for …</c>. From a client; empty from a snapshot or a scope.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

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
        foreach (var note in Notes)
            text.Append("  ").Append(note).Append('\n');
        foreach (var step in Steps)
            step.Write(text, depth: 1);
        return text.ToString();
    }
}
