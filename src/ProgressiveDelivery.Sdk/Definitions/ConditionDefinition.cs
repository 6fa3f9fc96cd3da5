namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Something that holds, does not hold, or is unknown for a context. Unknown (a missing or wrongly typed attribute) never
/// counts as true, also under <see cref="NotCondition"/>.
/// </summary>
public abstract record ConditionDefinition
{
    private protected ConditionDefinition()
    {
    }
}

/// <summary>Holds when all members do; without members it holds.</summary>
/// <param name="Conditions">The members, asked in order.</param>
public sealed record AllCondition(IReadOnlyList<ConditionDefinition> Conditions) : ConditionDefinition
{
    /// <summary>Whether the first member that does not hold decides, be it unknown; otherwise one that is false does, wherever it is. Default false.</summary>
    public bool FirstDecides { get; init; }
}

/// <summary>Holds when one member does; without members it does not.</summary>
/// <param name="Conditions">The members, asked in order.</param>
public sealed record AnyCondition(IReadOnlyList<ConditionDefinition> Conditions) : ConditionDefinition;

/// <summary>Holds when the member does not; unknown stays unknown.</summary>
/// <param name="Condition">The member.</param>
public sealed record NotCondition(ConditionDefinition Condition) : ConditionDefinition;

/// <summary>Holds for members of a segment.</summary>
/// <param name="Segment">The segment's name.</param>
public sealed record SegmentCondition(string Segment) : ConditionDefinition;

/// <summary>Holds when another flag yields one of some variants; unknown when that flag is missing or quarantined.</summary>
/// <param name="Flag">The other flag's key.</param>
/// <param name="Variants">The variants asked for.</param>
public sealed record FlagCondition(string Flag, IReadOnlyList<string> Variants) : ConditionDefinition
{
    /// <summary>Whether a flag that is missing, is quarantined or ends with an error ends this one with an error too. Default false.</summary>
    public bool EndsWithIt { get; init; }
}

/// <summary>
/// Holds when an expression over what another flag yields counts as true. It does not hold for a
/// variant without a value here; a flag that is quarantined or ends with an error ends this one with an error too.
/// </summary>
/// <param name="Flag">The other flag's key.</param>
/// <param name="Values">What the expression sees, in place of the attributes, for each of that flag's variants.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Missing">What it sees where there is no such flag.</param>
public sealed record FlagExpressionCondition(string Flag, IReadOnlyList<KeyValuePair<string, AttributeValue>> Values, ExpressionDefinition Expression, AttributeValue Missing) : ConditionDefinition;

/// <summary>Tests one attribute.</summary>
/// <param name="Attribute">A name, a JSON pointer (<c>/address/country</c>), or either after <c>kind:</c>.</param>
/// <param name="Operator">The test.</param>
/// <param name="Operand">What it tests against, in the form the operator wants.</param>
/// <param name="IgnoreCase">Whether text is compared without regard to case, ordinally.</param>
public sealed record AttributeCondition(string Attribute, AttributeOperator Operator, AttributeValue Operand, bool IgnoreCase = false)
    : ConditionDefinition
{
    /// <summary>What it gives for an attribute that is missing or null. Not negated by <see cref="Negate"/>. Default: unknown.</summary>
    public Judgement Missing { get; init; }

    /// <summary>What it gives for an attribute of a kind that it cannot judge. Not negated by <see cref="Negate"/>. Default: unknown.</summary>
    public Judgement Mismatch { get; init; }

    /// <summary>Whether it holds where the test does not; what is missing or cannot be judged stays as it is. Default false.</summary>
    public bool Negate { get; init; }

    /// <summary>How the attribute is read; null: as in our own format.</summary>
    public ValueDialect? Dialect { get; init; }

    /// <summary>
    /// Says that <see cref="Attribute"/> is the hash of the attribute's name, in lower-case hexadecimal digits, of the main context; null: it is a
    /// reference. Costs a look at each of the context's attributes.
    /// </summary>
    public OperandHash? NameHash { get; init; }

    /// <summary>Says that the operand's texts are hashes; null: they are what they say.</summary>
    public OperandHashing? Hashing { get; init; }
}

/// <summary>An attribute test whose operator this version does not know: always unknown, so that newer rules do not switch old clients off.</summary>
/// <param name="Attribute">The attribute's reference.</param>
/// <param name="Operator">The operator's name as written.</param>
public sealed record UnknownOperatorCondition(string Attribute, string Operator) : ConditionDefinition;

/// <summary>Holds from one instant until before another; a null end is open.</summary>
/// <param name="From">The first instant at which it holds.</param>
/// <param name="To">The first instant at which it no longer does.</param>
public sealed record BetweenCondition(DateTimeOffset? From, DateTimeOffset? To) : ConditionDefinition
{
    /// <summary>An attribute that, where it is an instant or a text in ISO 8601, stands for now; null: none does.</summary>
    public string? Clock { get; init; }
}

/// <summary>Tests the names of the kinds that a context has; one that holds is enough.</summary>
/// <param name="MainKind">The name of the main context's kind, which is there where it has a targeting key.</param>
/// <param name="Operator">The test.</param>
/// <param name="Operand">What it tests against, in the form the operator wants.</param>
public sealed record ContextKindCondition(string MainKind, AttributeOperator Operator, AttributeValue Operand) : ConditionDefinition
{
    /// <summary>Whether it holds where no name does. Default false.</summary>
    public bool Negate { get; init; }

    /// <summary>How names are read; null: as in our own format.</summary>
    public ValueDialect? Dialect { get; init; }
}

/// <summary>Holds for units whose position is in one of some ranges.</summary>
/// <param name="Bucketing">How units are placed.</param>
/// <param name="Ranges">The ranges.</param>
public sealed record BucketCondition(BucketingDefinition Bucketing, IReadOnlyList<BucketRange> Ranges) : ConditionDefinition;

/// <summary>Holds where an expression yields something that counts as true.</summary>
/// <param name="Expression">The expression.</param>
public sealed record ExpressionCondition(ExpressionDefinition Expression) : ConditionDefinition
{
    /// <summary>What the expression sees besides attributes.</summary>
    public ExpressionScope Scope { get; init; } = new();
}

/// <summary>Ends the flag with <see cref="EvaluationReason.Error"/> wherever it is asked: a part that is malformed, and does no harm until somebody comes there.</summary>
/// <param name="Message">What is wrong, for explanations.</param>
public sealed record AbortCondition(string Message) : ConditionDefinition;

/// <summary>Holds on some days between two hours of the day.</summary>
public sealed record ScheduleCondition : ConditionDefinition
{
    /// <summary>The days; null: all. Hours that run past midnight belong to the day on which they start.</summary>
    public IReadOnlyList<DayOfWeek>? Days { get; init; }

    /// <summary>The first time of day at which it holds; null together with <see cref="To"/>: all day.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>The first time of day at which it no longer holds; at or before <see cref="From"/> it is on the next day.</summary>
    public TimeOnly? To { get; init; }

    /// <summary>The IANA name of the time zone; null: UTC.</summary>
    public string? TimeZone { get; init; }
}
