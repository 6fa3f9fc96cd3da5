using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Describes conditions and outcomes on one line, for people. What a condition tests is named in full; lists and nesting are cut short.</summary>
internal static class DefinitionText
{
    private const int MaxItems = 5;
    private const int MaxNesting = 6;
    private const int MaxValueLength = 80;

    // In place of a member that is null, by a definition in code.
    private const string Nothing = "nothing";

    /// <summary>Describes a condition, such as <c>country equals "NL" and not in segment 'staff'</c>.</summary>
    public static string Of(ConditionDefinition condition) => Printable(Of(condition, 0));

    /// <summary>Describes an outcome, such as <c>25 % of targetingKey: 'on', else 'off'</c>.</summary>
    public static string Of(OutcomeDefinition outcome) => Printable(Of(outcome, 0));

    private static string Of(ConditionDefinition condition, int depth) => condition switch
    {
        _ when depth > MaxNesting => "…",
        AllCondition { Conditions.Count: 0 } => "always",
        AllCondition all => Joined(all.Conditions, " and ", depth),
        AnyCondition { Conditions.Count: 0 } => "never",
        AnyCondition any => Joined(any.Conditions, " or ", depth),
        NotCondition not => $"not {InBrackets(not.Condition, depth + 1)}",
        SegmentCondition segment => $"in segment '{segment.Segment}'",
        FlagCondition flag => $"flag '{flag.Flag}' is {Listed(flag.Variants, variant => $"'{variant}'", " or ")}",
        FlagExpressionCondition flag => $"flag '{flag.Flag}' fits an expression",
        AttributeCondition test => Test(test.Attribute, test.Operator, test.Operand, test.Negate) + (test.IgnoreCase ? " (ignoring case)" : ""),
        UnknownOperatorCondition unknown => $"{unknown.Attribute} {unknown.Operator} (an unknown operator)",
        ContextKindCondition kind => Test("kind", kind.Operator, kind.Operand, kind.Negate),
        BetweenCondition between => Between(between),
        ScheduleCondition schedule => Schedule(schedule),
        RecurrenceCondition recurrence => $"in a window that recurs from {Instant(recurrence.Start)}",
        BucketCondition bucket => $"{Unit(bucket.Bucketing.By)} in {Listed(bucket.Ranges, range => Range(range.From, range.To), " or ")} by {bucket.Bucketing.Algorithm}",
        ExpressionCondition => "an expression holds",
        AbortCondition abort => $"error: {abort.Message}",
        null => Nothing,
        _ => condition.GetType().Name,
    };

    private static string Of(OutcomeDefinition outcome, int depth) => outcome switch
    {
        _ when depth > MaxNesting => "…",
        VariantOutcome variant => $"'{variant.Variant}'",
        SplitOutcome split => $"split of {Unit(split.By)}: {Weights(split.Weights)}",
        RolloutOutcome rollout => $"{Share(rollout)} of {Unit(rollout.By)}: {Of(rollout.To, depth + 1)}{Else(rollout.Else)}",
        ExperimentOutcome experiment => Experiment(experiment),
        BucketOutcome bucket => $"{Unit(bucket.Bucketing.By)} by {bucket.Bucketing.Algorithm}: {Listed(bucket.Shares, share => $"{(share.Variant is { } variant ? $"'{variant}'" : "nothing")} in {Range(share.From, share.To)}", ", ")}{Else(bucket.Else)}",
        StepsOutcome steps => Listed(steps.Steps, step => (step.When is { } when ? $"if {Of(when, depth + 1)}: " : "") + Of(step.Serve, depth + 1), "; "),
        StickyOutcome sticky => $"experiment '{sticky.Key}', kept per unit: {Of(sticky.Serve, depth + 1)}",
        ExpressionOutcome => "the variant that an expression names",
        AbortOutcome abort => $"error: {abort.Message}",
        null => Nothing,
        _ => outcome.GetType().Name,
    };

    private static string Joined(IReadOnlyList<ConditionDefinition> members, string word, int depth) =>
        members.Count == 1 ? Of(members[0], depth + 1) : Listed(members, member => InBrackets(member, depth + 1), word);

    private static string InBrackets(ConditionDefinition condition, int depth) =>
        condition is AllCondition { Conditions.Count: > 1 } or AnyCondition { Conditions.Count: > 1 } ? $"({Of(condition, depth)})" : Of(condition, depth);

    private static string Test(string attribute, AttributeOperator @operator, AttributeValue operand, bool negate) => (@operator, negate) switch
    {
        (AttributeOperator.Exists, _) => $"{attribute} {(operand.TryGetBoolean(out var exists) && exists != negate ? "exists" : "does not exist")}",
        (_, true) => $"not {attribute} {AttributeOperators.Name(@operator)} {Value(operand)}",
        _ => $"{attribute} {AttributeOperators.Name(@operator)} {Value(operand)}",
    };

    private static string Between(BetweenCondition between) => between switch
    {
        { From: { } from, To: { } to } => $"from {Instant(from)} until {Instant(to)}",
        { From: { } from } => $"from {Instant(from)}",
        { To: { } to } => $"until {Instant(to)}",
        _ => "always",
    };

    private static string Schedule(ScheduleCondition schedule)
    {
        var days = schedule.Days is { } listed ? $"on {string.Join(", ", listed)}" : "every day";
        var hours = schedule.From is null && schedule.To is null ? "" : $" from {schedule.From ?? TimeOnly.MinValue:HH\\:mm} to {(schedule.To is { } to ? to.ToString("HH\\:mm", CultureInfo.InvariantCulture) : "24:00")}";
        return $"{days}{hours} in {schedule.TimeZone ?? "UTC"}";
    }

    private static string Experiment(ExperimentOutcome experiment)
    {
        var layer = experiment.Layer is { } name ? $" in layer '{name}'{(experiment.Slots is { } slots ? $" {Range(slots.From, slots.To)}" : "")}" : "";
        var holdout = experiment.Holdout is { } held ? $" without holdout '{held}'" : "";
        return $"experiment '{experiment.Key}'{layer}{holdout}, of {Unit(experiment.By)}: {Weights(experiment.Split)}{Else(experiment.Else)}";
    }

    private static string Share(RolloutOutcome rollout) => rollout switch
    {
        { Percent: { } percent } => Percent(percent),
        { Steps: [.., var last] steps } => $"{Percent(steps[0].Percent)} from {Instant(steps[0].At)} to {Percent(last.Percent)} from {Instant(last.At)}{Gates(rollout)}",
        _ => "0 %",
    };

    private static string Gates(RolloutOutcome rollout)
    {
        var gates = rollout.Steps!.Count(step => step.Gate is not null);
        return (gates == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", through {gates} gate{(gates == 1 ? "" : "s")}"))
            + (rollout.Blackouts is { Count: > 0 } blackouts ? $", not {Listed(blackouts, Schedule, " or ")}" : "");
    }

    private static string Weights(IReadOnlyList<WeightedVariant> weights) =>
        Listed(weights, weight => string.Create(CultureInfo.InvariantCulture, $"'{weight.Variant}' {weight.Weight:0.####}"), ", ");

    private static string Listed<T>(IReadOnlyList<T> items, Func<T, string> text, string separator) =>
        string.Join(separator, items.Take(MaxItems).Select(text)) + (items.Count > MaxItems ? string.Create(CultureInfo.InvariantCulture, $"{separator}… ({items.Count} in all)") : "");

    private static string Value(AttributeValue value) => value.Kind switch
    {
        AttributeKind.String => $"\"{Cut(value.AsString()!)}\"",
        AttributeKind.List => Listed(value.Items.ToArray(), Item, ", "),
        _ => Cut(value.ToString()),
    };

    // What is in the items of a list is cut as a whole: it may be of any depth.
    private static string Item(AttributeValue value) => value.Kind == AttributeKind.List ? Cut(value.ToString()) : Value(value);

    private static string Cut(string text) => text.Length <= MaxValueLength ? text : string.Concat(text.AsSpan(0, MaxValueLength), "…");

    // Names come from a backend: none may break a line or a terminal.
    private static string Printable(string text)
    {
        if (!text.Any(character => char.IsControl(character)))
            return text;
        var printable = new StringBuilder(text);
        for (var i = 0; i < printable.Length; i++)
            printable[i] = char.IsControl(printable[i]) ? '\uFFFD' : printable[i];
        return printable.ToString();
    }

    private static string Else(string? variant) => variant is null ? "" : $", else '{variant}'";

    private static string Unit(IReadOnlyList<string>? by) => by is null ? EvaluationContext.TargetingKeyName : string.Join(" or ", by);

    private static string Percent(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} %");

    private static string Range(double from, double to) => string.Create(CultureInfo.InvariantCulture, $"[{from:0.######}, {to:0.######})");

    private static string Instant(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal);
}
