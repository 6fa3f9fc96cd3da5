using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// Calls a handler when one flag's value for one context differs from its last value. Rules change it, and so does the clock: while
/// the flag's rules depend on time, it is evaluated again every second.
/// </summary>
internal sealed class ValueSubscription<T> : ChangeSubscription
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly FeatureFlag<T> _flag;
    private readonly EvaluationContext _context;
    private readonly Action<FlagChange<T>> _handler;
    private readonly Func<FeatureSnapshot> _rules;
    private readonly TimeProvider _clock;
    private readonly IEqualityComparer<T> _values;
    private Evaluation<T> _seen;
    private ITimer? _timer;

    public ValueSubscription(
        FeatureFlag<T> flag, EvaluationContext context, Action<FlagChange<T>> handler, Func<FeatureSnapshot> rules, TimeProvider clock,
        ILogger logger, Action<ChangeSubscription> onDispose)
        : base(logger, onDispose)
    {
        (_flag, _context, _handler, _rules, _clock) = (flag, context, handler, rules, clock);
        _values = flag.Json is { } json ? new JsonComparer<T>(json) : EqualityComparer<T>.Default;
        _seen = rules().Look(flag, context);
    }

    protected override void Call(FeatureSnapshot? previous, FeatureSnapshot current)
    {
        UnlessStopped(() => Follow(current));
        var (before, now) = (_seen, current.Look(_flag, _context));
        _seen = now;    // also without a call, so that it keeps no old snapshot alive
        if (!_values.Equals(before.Value, now.Value))
            _handler(new(before, now));
    }

    protected override void Release()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Follow(FeatureSnapshot current)
    {
        if (current.Rules.Find(_flag) is not { DependsOnTime: true })
            Release();
        else
            _timer ??= _clock.CreateTimer(static self => ((ValueSubscription<T>)self!).LookAgain(), this, Pace, Pace);
    }

    private void LookAgain() => Tell(_rules());
}
