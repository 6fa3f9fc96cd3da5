using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Converts one flag or segment to our own format's forms that give the same answers. A condition only has to be true at the same times or, below a
/// negation, false at the same times. Otherwise it may be false or unknown.
/// </summary>
/// <param name="valueless">The variants without a value, which our own format lacks, with their flags' keys.</param>
internal sealed class OwnForms(IReadOnlySet<(string Flag, string Variant)> valueless)
{
    private const string Kinds = "attributes are read by our own rules: a text, a number, an instant or a version each as what it is, and what a test cannot read never holds";
    private const string Clock = "no attribute stands for now any more";
    private const string Keys = "a context without a key is judged like any other, in place of getting the fallback";
    private const string OffVariants = "where a prerequisite of a flag fails, the flags that require it see no variant of it, in place of its off variant";
    private const string Switch = "it can no longer be asked whether it is on, but for its value";
    private const string Deep = "its conditions or steps are nested too deeply";
    private const string Ends = "where another flag ends with an error, it goes on to its next rule";

    // As deep as steps are compiled.
    private const int MaxSteps = 32;

    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);

    [Flags]
    private enum Wanted
    {
        True = 1,
        False = 2,
    }

    /// <summary>The remaining differences between the answers.</summary>
    public IReadOnlyCollection<string> Notes => _notes;

    /// <exception cref="NotSupportedException">It cannot be converted; the message has the reason.</exception>
    public SegmentDefinition Say(SegmentDefinition segment) => segment with { When = segment.When is { } when ? Say(when, Wanted.True | Wanted.False) : null };

    /// <exception cref="NotSupportedException">It cannot be converted; the message has the reason.</exception>
    public FlagDefinition Say(FlagDefinition flag)
    {
        var without = flag.Variants.Select(variant => variant.Name).Where(variant => valueless.Contains((flag.Key, variant))).ToHashSet(StringComparer.Ordinal);
        foreach (var prerequisite in flag.Requires)
            CheckAsked(prerequisite.Flag, prerequisite.Variants);
        var rules = new List<RuleDefinition>();
        foreach (var rule in flag.Rules)
            Say(rule.Id, rule.When is { } when ? Say(when, Wanted.True) : null, rule.Serve, rules, depth: 0);
        // A default without a value is the caller's fallback.
        var end = flag.Default is VariantOutcome { Variant: var name } && without.Contains(name) ? null : flag.Default;
        if (end is StepsOutcome)
        {
            Say(null, null, end, rules, depth: 0);
            end = null;
        }
        else if (ForeignForms.In(end) is { } form)
        {
            throw new NotSupportedException(form);
        }

        if (rules.Select(rule => rule.Serve).OfType<VariantOutcome>().Any(serve => without.Contains(serve.Variant)))
            throw new NotSupportedException("one of its rules serves a variant without a value");
        if (flag.Variants.Any(variant => variant.Enabled is not null))
            _notes.Add(Switch);
        if (flag.RequiresKeys)
            _notes.Add(Keys);
        if (flag.YieldsOffVariant)
            _notes.Add(OffVariants);
        return flag with
        {
            RequiresKeys = false,
            YieldsOffVariant = false,
            Rules = rules,
            Default = end,
            OffVariant = flag.OffVariant is { } off && without.Contains(off) ? null : flag.OffVariant,
            Variants = [.. flag.Variants.Where(variant => !without.Contains(variant.Name)).Select(variant => new VariantDefinition { Name = variant.Name, Value = variant.Value })],
        };
    }

    // A rule's own steps pass on as rules do.
    private void Say(string? id, ConditionDefinition? when, OutcomeDefinition serve, List<RuleDefinition> rules, int depth)
    {
        if (depth > MaxSteps)
            throw new NotSupportedException(Deep);
        if (serve is StepsOutcome { Steps: var steps })
        {
            foreach (var step in steps)
                Say(step.Id is null ? id : $"{id} {step.Id}".Trim(), Both(when, step.When is { } also ? Say(also, Wanted.True) : null), step.Serve, rules, depth + 1);
        }
        else if (ForeignForms.In(serve) is { } form)
        {
            throw new NotSupportedException(form);
        }
        else
        {
            rules.Add(new() { Id = id, When = when, Serve = serve });
        }
    }

    private static ConditionDefinition? Both(ConditionDefinition? one, ConditionDefinition? other) =>
        one is null || other is null ? one ?? other : new AllCondition([one, other]);

    private ConditionDefinition Say(ConditionDefinition condition, Wanted wanted, int depth = 0)
    {
        if (depth > SnapshotLimits.MaxNesting)
            throw new NotSupportedException(Deep);
        switch (condition)
        {
            case AllCondition { FirstDecides: true } when wanted != Wanted.True:
                throw new NotSupportedException("the first of several conditions decides, whatever comes after it");
            case AllCondition all:
                return new AllCondition([.. all.Conditions.Select(member => Say(member, wanted, depth + 1))]);
            case AnyCondition any:
                return new AnyCondition([.. any.Conditions.Select(member => Say(member, wanted, depth + 1))]);
            case NotCondition not:
                return new NotCondition(Say(not.Condition, Turned(wanted), depth + 1));
            case FlagCondition flag:
                CheckAsked(flag.Flag, flag.Variants);
                if (flag.EndsWithIt)
                    _notes.Add(Ends);
                return flag with { EndsWithIt = false };
            case BetweenCondition between:
                if (between.Clock is not null)
                    _notes.Add(Clock);
                return between with { Clock = null };
            case AttributeCondition test:
                return Say(test, wanted);
            case SegmentCondition or UnknownOperatorCondition or ScheduleCondition:
                return condition;
            default:
                throw new NotSupportedException(ForeignForms.Of(condition));
        }
    }

    private ConditionDefinition Say(AttributeCondition test, Wanted wanted)
    {
        if (test.NameHash is not null || test.Hashing is not null)
            throw new NotSupportedException("a condition knows only hashes");
        if (test.Operator == AttributeOperator.Matches && test.Dialect is { Patterns: not PatternSyntax.DotNet })
            throw new NotSupportedException("a regular expression is of another syntax");
        if (test.Dialect is { AnyItem: true } or { EmptyIsMissing: true })
            throw new NotSupportedException("a condition goes through lists item by item, or takes an empty text for a missing one");
        if (test.Dialect is not null || test.Mismatch != Judgment.Unknown)
            _notes.Add(Kinds);

        var exists = new AttributeCondition { Attribute = test.Attribute, Operator = AttributeOperator.Exists, Operand = true };
        ConditionDefinition plain = new AttributeCondition { Attribute = test.Attribute, Operator = test.Operator, Operand = test.Operand, IgnoreCase = test.IgnoreCase };
        if (test.Negate)
            plain = new NotCondition(plain);
        return test.Missing switch
        {
            Judgment.True when wanted.HasFlag(Wanted.True) => new AnyCondition([plain, new NotCondition(exists)]),
            Judgment.False when wanted.HasFlag(Wanted.False) => new AllCondition([plain, exists]),
            _ => plain,
        };
    }

    private void CheckAsked(string flag, IReadOnlyList<string> variants)
    {
        if (variants.Any(variant => valueless.Contains((flag, variant))))
            throw new NotSupportedException($"it asks for a variant without a value of flag {DiagnosticCatalog.Quote(flag)}");
    }

    private static Wanted Turned(Wanted wanted) => wanted switch
    {
        Wanted.True => Wanted.False,
        Wanted.False => Wanted.True,
        _ => wanted,
    };
}
