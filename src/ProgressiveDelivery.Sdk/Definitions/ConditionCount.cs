using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Counts the conditions and steps of a snapshot, up to a limit. Definitions built in code may hold one condition at many places, or in itself: they are small in
/// memory, and endless for all that walks them. The count takes no stack.
/// </summary>
internal ref struct ConditionCount
{
    // More than a document has that is read by default.
    public const int Max = 7_000_000;

    private readonly Stack<object> _waiting = new();
    private int _left;

    private ConditionCount(int max) => _left = max;

    /// <summary>Returns whether a snapshot has more conditions and steps than <see cref="Max"/>; one that occurs twice counts twice.</summary>
    public static bool IsBeyond(SnapshotDefinition snapshot)
    {
        var count = new ConditionCount(Max);
        foreach (var segment in snapshot.Segments)
        {
            if (segment is { Defect: null } && !count.TryTake(segment.When))
                return true;
        }

        foreach (var flag in snapshot.Flags)
        {
            if (flag is { Defect: null } && !count.TryTake(flag))
                return true;
        }

        return false;
    }

    private bool TryTake(FlagDefinition flag)
    {
        foreach (var rule in flag.Rules)
        {
            if (rule is not null && (!TryTake(rule.When) || !TryTake(rule.Serve)))
                return false;
        }

        return TryTake(flag.Default);
    }

    private bool TryTake(object? part)
    {
        Push(part);
        while (_left >= 0 && _waiting.TryPop(out var next))
            PushMembers(next);
        return _left >= 0;
    }

    private void PushMembers(object part)
    {
        switch (part)
        {
            case AllCondition all:
                PushAll(all.Conditions);
                break;
            case AnyCondition any:
                PushAll(any.Conditions);
                break;
            case NotCondition not:
                Push(not.Condition);
                break;
            case RolloutOutcome rollout:
                Push(rollout.To);
                break;
            case StickyOutcome sticky:
                Push(sticky.Serve);
                break;
            case StepsOutcome steps:
                foreach (var step in steps.Steps)
                {
                    Push(step?.When);
                    Push(step?.Serve);
                }

                break;
        }
    }

    private void PushAll(IReadOnlyList<ConditionDefinition> conditions)
    {
        foreach (var condition in conditions)
            Push(condition);
    }

    // What is beyond the limit does not wait, so the memory is bounded too.
    private void Push(object? part)
    {
        if (part is not null && --_left >= 0)
            _waiting.Push(part);
    }
}
