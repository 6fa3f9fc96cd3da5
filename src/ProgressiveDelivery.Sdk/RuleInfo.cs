namespace ProgressiveDelivery.Sdk;

/// <summary>A rule of a flag, in words for people. The words may change between versions of this library: parse the document instead. Immutable.</summary>
public sealed class RuleInfo
{
    internal RuleInfo()
    {
    }

    /// <summary>The id of the rule, or its place (<c>#2</c>), as <see cref="Evaluation{T}.Rule"/> gives it.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The condition: <c>country equals "NL" and not in segment 'staff'</c>; null if the rule always applies.</summary>
    public string? Condition { get; internal init; }

    /// <summary>The outcome: <c>25 % of targetingKey: 'on', else 'off'</c>.</summary>
    public string Outcome { get; internal init; } = "";

    /// <summary>The rule on one line.</summary>
    public override string ToString() => Condition is null ? $"{Id}: {Outcome}" : $"{Id}: if {Condition}: {Outcome}";
}
