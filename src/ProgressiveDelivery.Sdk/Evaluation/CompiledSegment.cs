using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A named group: the included keys, minus the excluded ones; its condition decides for all other keys.</summary>
internal sealed class CompiledSegment(string name) : DependencyNode
{
    private UnitReference _by = UnitReference.TargetingKey;
    private StringTable<string>? _include;
    private StringTable<string>? _exclude;
    private Condition? _when;

    public string Name => name;

    public void Link(UnitReference by, StringTable<string>? include, StringTable<string>? exclude, Condition? when)
    {
        _by = by;
        _include = include;
        _exclude = exclude;
        _when = when;
    }

    public Truth Contains(in EvaluationInput input)
    {
        if (IsCyclic)
            return DecideCyclic(in input);
        return input.Memo is { } memo ? (Truth)(memo[Index] - 1) : Decide(in input);
    }

    public override void Memoize(in EvaluationInput input) =>
        input.Memo![Index] = (short)((int)(IsCyclic ? DecideCyclic(in input) : Decide(in input)) + 1);

    private Truth DecideCyclic(in EvaluationInput input)
    {
        input.Trace?.Ask(name);
        var truth = input.CycleDepth > MaxCycle || input.Trace?.IsAskedTwice() == true
            ? Truth.Cycle
            : Decide(input with { Memo = null, CycleDepth = input.CycleDepth + 1 });
        input.Trace?.Answered();
        return truth;
    }

    private Truth Decide(in EvaluationInput input)
    {
        if ((_include is not null || _exclude is not null) && TryListed(in input, out var listed))
            return listed.ToTruth();
        return _when is null ? Truth.False : _when.Test(in input);
    }

    [SkipLocalsInit]
    private bool TryListed(in EvaluationInput input, out bool belongs)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var unit = _by.Read(in input, scratch);
        belongs = !unit.IsEmpty && _include?.Find(unit) is not null;
        return belongs || (!unit.IsEmpty && _exclude?.Find(unit) is not null);
    }
}
