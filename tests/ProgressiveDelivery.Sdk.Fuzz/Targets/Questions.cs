using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Asks compiled rules everything that an application can ask, and has all ways of asking agree.</summary>
internal sealed class Questions
{
    private readonly SnapshotServices _services = Services();

    /// <summary>What snapshots of one client share.</summary>
    public static SnapshotServices Services()
    {
        var counters = new EvaluationCounters();
        return new(new StandingClock(), new(new AssignmentMemory(1_000), counters), new(NullLogger.Instance, counters, strict: false));
    }

    /// <summary>The answer of every flag to every caller, where nobody has asked before.</summary>
    public static IReadOnlyList<Answer> AskAnew(Ruleset rules, IReadOnlyList<EvaluationContext> callers) => new Questions().AskAll(rules, callers);

    /// <summary>The answer of every flag to every caller.</summary>
    public IReadOnlyList<Answer> AskAll(Ruleset rules, IReadOnlyList<EvaluationContext> callers)
    {
        var snapshot = Open(rules);
        var answers = new List<Answer>(rules.Flags.Length * callers.Count);
        for (var caller = 0; caller < callers.Count; caller++)
        {
            foreach (var flag in rules.Flags)
                answers.Add(Ask(snapshot, flag, caller, callers[caller]));
        }

        return answers;
    }

    /// <summary>Has the typed values, the explanation, the context on the stack and the front end's view agree with the answers.</summary>
    public void Agree(Ruleset rules, IReadOnlyList<EvaluationContext> callers)
    {
        var snapshot = Open(rules);
        for (var caller = 0; caller < callers.Count; caller++)
        {
            var context = callers[caller];
            foreach (var flag in rules.Flags)
                Agree(snapshot, flag, context, Settled(snapshot, flag, caller, context));
            using var view = JsonDocument.Parse(snapshot.GetFrontEndFlags(context).ToJson());
            _ = context.ToString();
        }
    }

    // Sticky experiments store what they assign, and may answer otherwise once that is stored; with prerequisites, once more.
    private static Answer Settled(FeatureSnapshot snapshot, CompiledFlag flag, int caller, EvaluationContext context)
    {
        _ = Ask(snapshot, flag, caller, context);
        _ = Ask(snapshot, flag, caller, context);
        return Ask(snapshot, flag, caller, context);
    }

    private FeatureSnapshot Open(Ruleset rules) => new(rules, SnapshotOrigin.Source, _services);

    private static Answer Ask(FeatureSnapshot snapshot, CompiledFlag flag, int caller, EvaluationContext context)
    {
        var decision = snapshot.Decide(flag, context);
        return new(
            flag.Key,
            caller,
            decision.HasVariant ? flag.Variants[decision.Variant].Name : null,
            decision.Reason,
            decision.Rule >= 0 ? flag.RuleName(decision.Rule) : null);
    }

    private static void Agree(FeatureSnapshot snapshot, CompiledFlag flag, EvaluationContext context, Answer answer)
    {
        var explanation = snapshot.Explain(flag.Key, context);
        Promise.Holds((explanation.Variant, explanation.Reason) == (answer.Variant, answer.Reason));
        _ = explanation.ToString();

        var (variant, reason, error) = Typed(snapshot, flag, context);
        Promise.Holds((variant, reason) == (answer.Variant, answer.Reason));
        Promise.Holds((error is null) == (reason != EvaluationReason.Error));
        _ = snapshot.EvaluateNumber(flag.Key, context, 0).Error;
        _ = snapshot.EvaluateJson(flag.Key, context, default, FuzzJson.Default.JsonElement).Error;

        if (context.Kinds.Length == 0)
            Promise.Holds(OnStack(snapshot, flag, context) == (answer.Variant, answer.Reason));
    }

    private static (string? Variant, EvaluationReason Reason, string? Error) Typed(FeatureSnapshot snapshot, CompiledFlag flag, EvaluationContext context) => flag.Type switch
    {
        FlagType.Boolean => Facts(snapshot.EvaluateBoolean(flag.Key, context)),
        FlagType.String => Facts(snapshot.EvaluateString(flag.Key, context, null)),
        FlagType.Integer => Facts(snapshot.EvaluateInteger(flag.Key, context, 0)),
        FlagType.Number => Facts(snapshot.EvaluateNumber(flag.Key, context, 0)),
        _ => Facts(snapshot.EvaluateJson(flag.Key, context, default, FuzzJson.Default.JsonElement)),
    };

    private static (string? Variant, EvaluationReason Reason, string? Error) Facts<T>(Evaluation<T> evaluation)
    {
        _ = evaluation.ToString();
        return (evaluation.Variant, evaluation.Reason, evaluation.Error);
    }

    private static (string? Variant, EvaluationReason Reason) OnStack(FeatureSnapshot snapshot, CompiledFlag flag, EvaluationContext context)
    {
        var stack = new StackContext(context.TargetingKey);
        foreach (var attribute in context.Attributes)
            stack.Set(attribute.Name, attribute.Value);
        var decision = snapshot.Decide(flag, new(in stack));
        return (decision.HasVariant ? flag.Variants[decision.Variant].Name : null, decision.Reason);
    }
}
