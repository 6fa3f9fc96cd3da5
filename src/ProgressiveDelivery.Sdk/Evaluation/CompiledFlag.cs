using System.Buffers;
using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A flag ready for evaluation. Written once, while its snapshot is compiled; immutable after that.</summary>
internal sealed class CompiledFlag(string key, FlagType type, bool enabled, bool clientVisible) : DependencyNode, IFlagFacts
{
    // Makes every yield, none (-1) and the like among them, distinct from "not evaluated yet".
    private const int MemoOffset = 4;

    private short _offVariant = Decision.None;
    private CompiledPrerequisite[] _requires = [];
    private CompiledRule[] _rules = [];
    private Outcome? _default;

    public string Key => key;

    public FlagType Type => type;

    public bool ClientVisible => clientVisible;

    public bool IsEnabled => enabled;

    public CompiledVariant[] Variants { get; private set; } = [];

    /// <summary>The flag's own version; null if it has none.</summary>
    public long? Version { get; init; }

    /// <summary>The metadata of the flag's owners.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Indicates whether a context without a key, or with a kind that has none, ends the flag.</summary>
    public bool RequiresKeys { get; init; }

    /// <summary>Indicates whether dependent flags see the off variant if a prerequisite fails.</summary>
    public bool YieldsOffVariant { get; init; }

    /// <summary>Indicates whether exposures are recorded also where no experiment decides.</summary>
    public bool IsTracked { get; init; }

    /// <summary>The guards of its variants, without those that are faulty.</summary>
    public IReadOnlyList<GuardDefinition> Guards { get; set; } = [];

    /// <summary>The number of the attempt to roll it out.</summary>
    public long Attempt { get; init; } = 1;

    /// <summary>The rollouts of its rules and default whose share changes by steps, or may be paused, in order.</summary>
    public IReadOnlyList<CompiledRamp> Ramps { get; set; } = [];

    /// <summary>The fault for which the flag is quarantined; null for a sound flag.</summary>
    public string? Defect { get; private set; }

    public bool IsQuarantined => Defect is not null;

    /// <summary>The reason of the overlay's entry that the flag serves; null if it serves none.</summary>
    public EvaluationReason? Overlay { get; private set; }

    public void Link(CompiledVariant[] variants, short offVariant, CompiledPrerequisite[] requires, CompiledRule[] rules, Outcome? @default)
    {
        Variants = variants;
        _offVariant = offVariant;
        _requires = requires;
        _rules = rules;
        _default = @default;
    }

    /// <summary>
    /// Serves one outcome in place of the flag's rules. Dependent flags see that outcome's variant. The flag must still be enabled and its own
    /// prerequisites must hold.
    /// </summary>
    public void Serve(Outcome outcome, EvaluationReason reason)
    {
        Overlay = reason;
        _rules = [];
        _default = outcome;
    }

    public void Quarantine(string defect) => Defect ??= defect;

    /// <summary>Finds the answer of a flag that has only one. The last call of the flag's compilation.</summary>
    public void Seal()
    {
        IsConstant = true;
        if (IsQuarantined)
            Constant = new(Decision.None, EvaluationReason.Error);
        else if (Overlay is { } reason)
            IsConstant = TrySettle(reason);
        else if (RequiresKeys)
            IsConstant = false;
        else if (!enabled)
            Constant = new(_offVariant, EvaluationReason.Off);
        else if (_requires.Length == 0 && _rules.Length == 0 && _default is null or CompiledVariantOutcome)
            Constant = new((_default as CompiledVariantOutcome)?.Variant ?? Decision.None, EvaluationReason.Default);
        else
            IsConstant = false;
    }

    /// <summary>Indicates whether the flag has the same answer for every context.</summary>
    public bool IsConstant { get; private set; }

    /// <summary>The answer of a flag that has only one.</summary>
    public Decision Constant { get; private set; }

    /// <summary>The flag's prerequisites, in order.</summary>
    public ReadOnlySpan<CompiledPrerequisite> Requires => _requires;

    public string RuleName(int rule) => _rules[rule].Name;

    /// <summary>The outcomes of the flag's rules and default.</summary>
    public IEnumerable<Outcome> Outcomes => _default is null ? _rules.Select(rule => rule.Outcome) : _rules.Select(rule => rule.Outcome).Append(_default);

    /// <summary>The experiments of the flag's rules and default.</summary>
    public IEnumerable<CompiledExperiment> Experiments => _rules.Select(rule => rule.Experiment).Append(_default?.Experiment).OfType<CompiledExperiment>();

    /// <summary>The experiment that a decision of the flag is a part of: its unit was split by it. Null if there is none.</summary>
    public CompiledExperiment? ExperimentOf(Decision decision) =>
        decision.Reason != EvaluationReason.Split || Overlay is not null ? null
        : decision.Rule >= 0 ? _rules[decision.Rule].Experiment
        : _default?.Experiment;

    public short IndexOfVariant(string name)
    {
        // No lambda: a forced variant looks for its index at each answer.
        for (var index = Variants.Length - 1; index >= 0; index--)
        {
            if (string.Equals(Variants[index].Name, name, StringComparison.Ordinal))
                return (short)index;
        }

        return -1;
    }

    /// <summary>Indicates whether a decision serves a variant that a context or a unit of work forces for a test.</summary>
    public bool IsForced(Decision decision) => decision.Reason == EvaluationReason.Override && Overlay is null;

    /// <summary>Returns the answer of the flag: the overlay's, or the decision of <see cref="Evaluate"/>.</summary>
    public Decision Answer(in EvaluationInput input) => Overlay is { } reason ? AnswerOverlaid(in input, reason) : Evaluate(in input);

    /// <summary>Decides by the flag's own rules, in the order of SNAPSHOT.md, "Evaluation order".</summary>
    public Decision Evaluate(in EvaluationInput input) => MemoLength == 0 && !IsCyclic ? Decide(in input) : EvaluateRare(in input);

    /// <summary>
    /// Returns the variant that a dependent flag sees, from a rule or the default. It is never the off variant of a
    /// disabled flag. Without a variant it is <see
    /// cref="Decision.None"/> or the fault.
    /// </summary>
    public short Yield(in EvaluationInput input) => input.Memo is { } memo && !IsCyclic ? (short)(memo[Index] - MemoOffset) : DecideYield(in input);

    public override void Memoize(in EvaluationInput input) => input.Memo![Index] = (short)(DecideYield(in input) + MemoOffset);

    // Not inlined, like outcomes and tests on attributes. The compiler would now and then fold a whole rule into one method, whose saving and
    // clearing of registers costs 5 ns of 16.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision Decide(in EvaluationInput input)
    {
        if (IsQuarantined) return new(Decision.None, EvaluationReason.Error);
        if (RequiresKeys && !HasKeys(in input)) return new(Decision.None, EvaluationReason.TargetingKeyMissing);
        input.Trace?.Add(ExplanationKind.Enabled, Key, enabled);
        if (!enabled) return new(_offVariant, EvaluationReason.Off);
        if (PrerequisitesHold(in input) is not Truth.True and var failed)
            return failed.IsAbort() ? new(Decision.Cyclic, EvaluationReason.Error) : new(_offVariant, EvaluationReason.PrerequisiteFailed);

        for (short i = 0; i < _rules.Length; i++)
        {
            var served = _rules[i].Serve(in input);
            if (served.HasVariant || served.IsAbort)
                return new(served.Variant, served.Reason, i);
        }

        return DecideDefault(in input);
    }

    private bool TrySettle(EvaluationReason reason)
    {
        if (_default is not CompiledVariantOutcome { Variant: var variant })
            return false;
        Constant = new(variant, reason);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision AnswerOverlaid(in EvaluationInput input, EvaluationReason reason)
    {
        var served = _default!.Serve(in input);
        // An overlay answers every caller: one without a unit is not admitted.
        if (!served.HasVariant && !served.IsAbort && _default is CompiledRolloutOutcome rollout)
            return new(rollout.Otherwise, reason);
        return new(served.Variant, served.IsAbort ? served.Reason : reason);
    }

    private bool HasKeys(in EvaluationInput input)
    {
        var hasKeys = input.HasKeys;
        if (!hasKeys)
            input.Trace?.Add(ExplanationKind.Enabled, Key, false, "the context, or a kind of it, has no key");
        return hasKeys;
    }

    private Decision DecideDefault(in EvaluationInput input)
    {
        if (_default is null) return new(Decision.None, EvaluationReason.Default);

        input.Trace?.Begin(ExplanationKind.Default, Key);
        var served = _default.Serve(in input);
        input.Trace?.End(served.HasVariant);
        // An outcome that passes on leaves the flag without a variant, for any reason.
        var isOrdinary = served.HasVariant ? served.Reason == EvaluationReason.RuleMatch : !served.IsAbort;
        return new(served.Variant, isOrdinary ? EvaluationReason.Default : served.Reason);
    }

    private Truth PrerequisitesHold(in EvaluationInput input)
    {
        foreach (var prerequisite in _requires)
        {
            if (prerequisite.Holds(in input) is not Truth.True and var failed)
                return failed;
        }

        return Truth.True;
    }

    private short DecideYield(in EvaluationInput input)
    {
        input.Trace?.Ask(Key);
        var decision = input.Memo is null || IsCyclic ? Evaluate(in input) : Decide(in input);
        input.Trace?.Answered();
        return decision.Reason switch
        {
            EvaluationReason.Off => Decision.None,
            EvaluationReason.PrerequisiteFailed when !YieldsOffVariant => Decision.None,
            EvaluationReason.Error or EvaluationReason.TargetingKeyMissing when decision.Variant == Decision.None => Decision.Fault,
            _ => decision.Variant,
        };
    }

    private Decision EvaluateRare(in EvaluationInput input) => IsCyclic ? DecideCyclic(in input) : DecideDeep(in input);

    // The same context takes the same path, so one that cycles once cycles forever. A depth limit finds it as well as a list of visited flags.
    private Decision DecideCyclic(in EvaluationInput input)
    {
        if (input.CycleDepth > MaxCycle || input.Trace?.IsAskedTwice() == true)
            return new(Decision.Cyclic, EvaluationReason.Error);
        return Decide(input with { Memo = null, CycleDepth = input.CycleDepth + 1 });
    }

    private Decision DecideDeep(in EvaluationInput input)
    {
        var memo = ArrayPool<short>.Shared.Rent(MemoLength);
        memo.AsSpan(0, MemoLength).Clear();
        try
        {
            DeepEvaluation.MemoizeDependencies(this, input with { Memo = memo, Trace = null });
            return Decide(input with { Memo = memo });
        }
        finally
        {
            ArrayPool<short>.Shared.Return(memo);
        }
    }
}
