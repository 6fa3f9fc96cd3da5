using System.Buffers;
using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A flag ready to be asked. Written once, while its snapshot is compiled; from then on immutable.</summary>
internal sealed class CompiledFlag(string key, FlagType type, bool enabled, bool clientVisible) : DependencyNode
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

    public CompiledVariant[] Variants { get; private set; } = [];

    /// <summary>The flag's own version; null: it has none.</summary>
    public long? Version { get; init; }

    /// <summary>What the flag's owners noted.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Why the flag is quarantined; null for a sound flag.</summary>
    public string? Defect { get; private set; }

    public bool IsQuarantined => Defect is not null;

    /// <summary>Why an overlay has one variant served to everybody; null where none does.</summary>
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
    /// Has the flag serve one variant to everybody. To flags that depend on it, it yields that variant; whether it is enabled and its
    /// own prerequisites hold matters to them as before.
    /// </summary>
    public void Serve(short variant, EvaluationReason reason)
    {
        Overlay = reason;
        _rules = [];
        _default = VariantOutcome.Of(variant);
    }

    public void Quarantine(string defect) => Defect ??= defect;

    /// <summary>Called last: settles the answer of a flag that has only one.</summary>
    public void Seal()
    {
        IsConstant = true;
        if (IsQuarantined)
            Constant = new(Decision.None, EvaluationReason.Error);
        else if (Overlay is { } reason)
            Constant = new(((VariantOutcome)_default!).Variant, reason);
        else if (!enabled)
            Constant = new(_offVariant, EvaluationReason.Off);
        else if (_requires.Length == 0 && _rules.Length == 0 && _default is null or VariantOutcome)
            Constant = new((_default as VariantOutcome)?.Variant ?? Decision.None, EvaluationReason.Default);
        else
            IsConstant = false;
    }

    /// <summary>Whether the flag has only one answer, whoever asks.</summary>
    public bool IsConstant { get; private set; }

    /// <summary>The answer of a flag that has only one.</summary>
    public Decision Constant { get; private set; }

    public string RuleName(int rule) => _rules[rule].Name;

    public short IndexOfVariant(string name) => (short)Array.FindLastIndex(Variants, variant => string.Equals(variant.Name, name, StringComparison.Ordinal));

    /// <summary>The decision, in the order of SNAPSHOT.md, "Evaluation order".</summary>
    public Decision Evaluate(in EvaluationInput input) => MemoLength == 0 && !IsCyclic ? Decide(in input) : EvaluateRare(in input);

    /// <summary>
    /// What the flag yields to one that depends on it: a variant of its rules or default; an off variant never counts. Without one,
    /// <see cref="Decision.None"/>, or which fault it ended with.
    /// </summary>
    public short Yield(in EvaluationInput input) => input.Memo is { } memo && !IsCyclic ? (short)(memo[Index] - MemoOffset) : DecideYield(in input);

    public override void Memoise(in EvaluationInput input) => input.Memo![Index] = (short)(DecideYield(in input) + MemoOffset);

    // Not inlined, as are outcomes and tests on attributes: the compiler would now and then fold a whole rule into one method that has
    // more to save and to clear than to do, 5 ns of 16.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision Decide(in EvaluationInput input)
    {
        if (IsQuarantined) return new(Decision.None, EvaluationReason.Error);
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

    private Decision DecideDefault(in EvaluationInput input)
    {
        if (_default is null) return new(Decision.None, EvaluationReason.Default);

        input.Trace?.Begin(ExplanationKind.Default, Key);
        var served = _default.Serve(in input);
        input.Trace?.End(served.HasVariant);
        // One that passes on leaves the flag without a variant, whatever withheld it.
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
            EvaluationReason.Off or EvaluationReason.PrerequisiteFailed => Decision.None,
            EvaluationReason.Error or EvaluationReason.TargetingKeyMissing when decision.Variant == Decision.None => Decision.Fault,
            _ => decision.Variant,
        };
    }

    private Decision EvaluateRare(in EvaluationInput input) => IsCyclic ? DecideCyclic(in input) : DecideDeep(in input);

    // Who comes round once comes round for ever, since the same context gives the same way: depth tells it as well as a list of who is asked.
    private Decision DecideCyclic(in EvaluationInput input)
    {
        if (input.CycleDepth > DeepestCycle || input.Trace?.IsAskedTwice() == true)
            return new(Decision.Cyclic, EvaluationReason.Error);
        return Decide(input with { Memo = null, CycleDepth = input.CycleDepth + 1 });
    }

    private Decision DecideDeep(in EvaluationInput input)
    {
        var memo = ArrayPool<short>.Shared.Rent(MemoLength);
        memo.AsSpan(0, MemoLength).Clear();
        try
        {
            DeepEvaluation.MemoiseDependencies(this, input with { Memo = memo, Trace = null });
            return Decide(input with { Memo = memo });
        }
        finally
        {
            ArrayPool<short>.Shared.Return(memo);
        }
    }
}
