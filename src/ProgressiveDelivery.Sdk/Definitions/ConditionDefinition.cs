using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// A condition that holds, does not hold, or is unknown for a context. Unknown (a missing or wrongly typed attribute) never counts as true, even
/// under <see cref="NotCondition"/>.
/// </summary>
public abstract record ConditionDefinition
{
    private protected ConditionDefinition()
    {
    }

    /// <summary>Returns whether both are of one kind, the base of a comparison by content. Two conditions nested too deep for the stack are not equal.</summary>
    public virtual bool Equals(ConditionDefinition? other) =>
        other is not null && EqualityContract == other.EqualityContract && RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>Holds if all members hold, or if there are none.</summary>
/// <param name="Conditions">The members, evaluated in order.</param>
public sealed record AllCondition(IReadOnlyList<ConditionDefinition> Conditions) : ConditionDefinition
{
    /// <summary>The members, evaluated in order.</summary>
    public IReadOnlyList<ConditionDefinition> Conditions { get; init => field = EquatableList.Of(value); } = EquatableList.Of(Conditions);

    /// <summary>
    /// Indicates whether the first member that does not hold decides, even if it is unknown. Otherwise a false member decides at any place. Default
    /// false.
    /// </summary>
    [Experimental("PD9001")]
    public bool FirstDecides { get; init; }
}

/// <summary>Holds if at least one member holds; never holds without members.</summary>
/// <param name="Conditions">The members, evaluated in order.</param>
public sealed record AnyCondition(IReadOnlyList<ConditionDefinition> Conditions) : ConditionDefinition
{
    /// <summary>The members, evaluated in order.</summary>
    public IReadOnlyList<ConditionDefinition> Conditions { get; init => field = EquatableList.Of(value); } = EquatableList.Of(Conditions);
}

/// <summary>Holds if the member does not; unknown stays unknown.</summary>
/// <param name="Condition">The member.</param>
public sealed record NotCondition(ConditionDefinition Condition) : ConditionDefinition;

/// <summary>Holds for members of a segment.</summary>
/// <param name="Segment">The segment's name.</param>
public sealed record SegmentCondition(string Segment) : ConditionDefinition;

/// <summary>Holds if another flag yields one of some variants; unknown if that flag is missing or quarantined.</summary>
public sealed record FlagCondition : ConditionDefinition
{
    /// <summary>The other flag's key.</summary>
    public required string Flag { get; init; }

    /// <summary>The accepted variants.</summary>
    public required IReadOnlyList<string> Variants { get; init => field = EquatableList.Of(value); }

    /// <summary>Indicates whether a flag that is missing, quarantined or ends with an error also ends this one with an error. Default false.</summary>
    [Experimental("PD9001")]
    public bool EndsWithIt { get; init; }
}

/// <summary>Tests one attribute.</summary>
public sealed record AttributeCondition : ConditionDefinition
{
    /// <summary>A name, a JSON pointer (<c>/address/country</c>), or either after <c>kind:</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The test.</summary>
    public required AttributeOperator Operator { get; init; }

    /// <summary>The value to test against, in the form that the operator requires.</summary>
    public required AttributeValue Operand { get; init; }

    /// <summary>Indicates whether to ignore case in texts; the comparison is ordinal. Default false.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>The result for an attribute that is missing or null. Not negated by <see cref="Negate"/>. Default: unknown.</summary>
    [Experimental("PD9001")]
    public Judgment Missing { get; init; }

    /// <summary>The result for an attribute of a kind that the test does not support. Not negated by <see cref="Negate"/>. Default: unknown.</summary>
    [Experimental("PD9001")]
    public Judgment Mismatch { get; init; }

    /// <summary>
    /// Indicates whether the condition holds if the test does not. <see cref="Missing"/> and <see cref="Mismatch"/> are not negated. Default false.
    /// </summary>
    [Experimental("PD9001")]
    public bool Negate { get; init; }

    /// <summary>The rules to read the attribute; null for those of our own format.</summary>
    [Experimental("PD9001")]
    public ValueDialect? Dialect { get; init; }

    /// <summary>
    /// The algorithm, if <see cref="Attribute"/> is the hash of the name of a main context's attribute, in lower-case hexadecimal digits. Null if it
    /// is a reference. The test then scans the context's attributes.
    /// </summary>
    [Experimental("PD9001")]
    public OperandHash? NameHash { get; init; }

    /// <summary>The hashing of the operand's texts; null if they are plain texts.</summary>
    [Experimental("PD9001")]
    public OperandHashing? Hashing { get; init; }
}

/// <summary>
/// An attribute test with an operator that this version does not support: always unknown, so that newer rules do not switch old clients off.
/// </summary>
public sealed record UnknownOperatorCondition : ConditionDefinition
{
    /// <summary>The attribute's reference.</summary>
    public required string Attribute { get; init; }

    /// <summary>The operator's name in the document.</summary>
    public required string Operator { get; init; }
}

/// <summary>Holds from one instant until before another; a null end is open.</summary>
public sealed record BetweenCondition : ConditionDefinition
{
    /// <summary>The first instant at which it holds; null if there is none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant at which it no longer holds; null if there is none.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>An attribute that replaces the current time if it is an instant or a text in ISO 8601; null if there is none.</summary>
    [Experimental("PD9001")]
    public string? Clock { get; init; }
}

/// <summary>Holds on some days between two hours of the day.</summary>
public sealed record ScheduleCondition : ConditionDefinition
{
    /// <summary>The days; null for all days. Hours that run past midnight belong to the day on which they start.</summary>
    public IReadOnlyList<DayOfWeek>? Days { get; init => field = EquatableList.Of(value); }

    /// <summary>The first time of day at which it holds. Null, together with <see cref="To"/>, for the whole day.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>The first time of day at which it no longer holds. At or before <see cref="From"/>, it is on the next day.</summary>
    public TimeOnly? To { get; init; }

    /// <summary>The IANA name of the time zone; null for UTC.</summary>
    public string? TimeZone { get; init; }
}
