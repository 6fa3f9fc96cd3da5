using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles conditions. Faults are reported; a condition with a fault never runs, since its flag is quarantined.</summary>
internal static class ConditionCompiler
{
    // Definitions built in code may be nested deeper than any document. Evaluation recurses once per level.
    private const int MaxNesting = 128;

    private static readonly Condition Nothing = new UnknownTest("", "");

    public static Condition Compile(CompilationScope scope, ConditionDefinition definition) => Compile(scope, definition, 0);

    /// <summary>Records that the node depends on a flag. Returns null, with a warning, if the snapshot has no such flag.</summary>
    public static CompiledFlag? DependOn(CompilationScope scope, string key, IReadOnlyList<string> variants, out VariantSet set)
    {
        set = new(variants);
        if (!scope.State.TryFindFlag(key, out var node))
        {
            scope.Report(DiagnosticCatalog.UnknownFlag(scope.Path, scope.Subject, key, scope.State.FlagKeys));
            return null;
        }

        scope.Node.DependOn(node);
        scope.Node.Link(set, node.Compiled);
        return node.Compiled;
    }

    private static Condition Compile(CompilationScope scope, ConditionDefinition definition, int depth)
    {
        if (depth > MaxNesting)
        {
            scope.Report(DiagnosticCatalog.FlagLimitExceeded(scope.Path, scope.Subject, "conditions nested more deeply", MaxNesting, "nothing: it is fixed"));
            return Nothing;
        }

        scope.Node.Nesting = Math.Max(scope.Node.Nesting, depth);
        switch (definition)
        {
            case AllCondition all:
                return new AllOf(Members(scope, "all", all.Conditions, depth), all.FirstDecides);
            case AnyCondition any:
                return new AnyOf(Members(scope, "any", any.Conditions, depth));
            case NotCondition not:
                scope.Enter("not");
                var member = Compile(scope, not.Condition, depth + 1);
                scope.Leave();
                return new Negation(member);
            case SegmentCondition segment:
                return Segment(scope, segment.Segment);
            case FlagCondition flag:
                return new FlagTest(flag.Flag, DependOn(scope, flag.Flag, flag.Variants, out var set), set, flag.EndsWithIt);
            case FlagExpressionCondition flag:
                return FlagExpression(scope, flag);
            case AttributeCondition attribute:
                return AttributeTestCompiler.Compile(scope, attribute) ?? Nothing;
            case UnknownOperatorCondition unknown:
                return scope.Reference(unknown.Attribute) is null ? Nothing : new UnknownTest(unknown.Attribute, unknown.Operator);
            case BetweenCondition between:
                scope.Node.ReadsTime = true;
                return new BetweenTest(between.From?.UtcTicks ?? long.MinValue, between.To?.UtcTicks ?? long.MaxValue, between.Clock is { } clock ? scope.Reference(clock) : null);
            case RecurrenceCondition recurrence:
                return RecurrenceCompiler.Compile(scope, recurrence) ?? Nothing;
            case ContextKindCondition kind:
                return AttributeTestCompiler.Compile(scope, new AttributeCondition { Attribute = "kind", Operator = kind.Operator, Operand = kind.Operand, Dialect = kind.Dialect }) is AttributeTest test
                    ? new KindTest(kind.MainKind, test, kind.Negate)
                    : Nothing;
            case BucketCondition bucket:
                return new BucketTest(BucketingCompiler.Compile(scope, bucket.Bucketing), [.. bucket.Ranges.Select(range => (range.From, range.To))]);
            case ExpressionCondition expression:
                return new ExpressionTest(ExpressionCompiler.Compile(scope, expression.Expression, expression.Scope));
            case AbortCondition abort:
                return new AbortTest(abort.Message);
            case ScheduleCondition schedule:
                scope.Node.ReadsTime = true;
                return Schedule(scope, schedule);
            default:
                return Nothing;
        }
    }

    // A flag has a limited number of variants, so the ones that satisfy the expression are found at compilation.
    private static Condition FlagExpression(CompilationScope scope, FlagExpressionCondition definition)
    {
        var expression = ExpressionCompiler.Compile(scope, definition.Expression, new());
        if (!scope.State.TryFindFlag(definition.Flag, out _))
            return Holds(definition.Missing) ? new AllOf([], firstDecides: false) : new AnyOf([]);
        string[] variants = [.. definition.Values.Where(value => Holds(value.Value)).Select(value => value.Key)];
        return new FlagTest(definition.Flag, DependOn(scope, definition.Flag, variants, out var set), set, endsWithIt: true);

        bool Holds(AttributeValue seen)
        {
            var run = ExpressionRun.Over(seen);
            return expression.IsTrue(default, ref run) && !run.Cost.IsExceeded;
        }
    }

    private static Condition[] Members(CompilationScope scope, string member, IReadOnlyList<ConditionDefinition> definitions, int depth)
    {
        var members = new Condition[definitions.Count];
        scope.Enter(member);
        for (var i = 0; i < members.Length; i++)
        {
            scope.Enter(i);
            members[i] = Compile(scope, definitions[i], depth + 1);
            scope.Leave();
        }

        scope.Leave();
        return members;
    }

    private static Condition Segment(CompilationScope scope, string name)
    {
        if (scope.State.Segments.TryGetValue(name, out var node))
        {
            scope.Node.DependOn(node);
            return new SegmentTest(node.Compiled);
        }

        scope.Enter("segment");
        scope.Report(DiagnosticCatalog.UndefinedSegment(scope.Path, scope.Subject, name, scope.State.Segments.Keys));
        scope.Leave();
        return Nothing;
    }

    private static Condition Schedule(CompilationScope scope, ScheduleCondition schedule)
    {
        scope.Enter("schedule");
        var hours = ScheduleCompiler.Compile(scope, schedule, out var fault);
        if (fault is not null)
            scope.Report(fault);
        scope.Leave();
        return hours is null ? Nothing : new ScheduleTest(hours);
    }
}
