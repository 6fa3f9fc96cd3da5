namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>The greatest values of both arms so far, as many as may lie above the cap, so that a cap needs no second pass.</summary>
/// <param name="level">The percentile of the cap, among all units of both arms.</param>
/// <param name="units">The units of both arms at the end.</param>
internal sealed class TopValues(double level, long units)
{
    private readonly (double Value, ArmSums Arm)[] _ascending = new (double, ArmSums)[units - (long)Math.Ceiling(units * level) + 2];
    private int _count;

    public void Add(double value, ArmSums arm)
    {
        if (_count == _ascending.Length && value <= _ascending[0].Value)
            return;
        var place = _count;
        if (_count == _ascending.Length)
        {
            for (place = 0; place + 1 < _count && _ascending[place + 1].Value < value; place++)
                _ascending[place] = _ascending[place + 1];
        }
        else
        {
            for (; place > 0 && _ascending[place - 1].Value > value; place--)
                _ascending[place] = _ascending[place - 1];
            _count++;
        }

        _ascending[place] = (value, arm);
    }

    /// <summary>Returns what values and squares of an arm lie above the cap, which is the value with the number ceil(n × level) of all n.</summary>
    public (double Values, double Squares) Above(ArmSums arm, long unitsSoFar)
    {
        var over = (int)(unitsSoFar - (long)Math.Ceiling(unitsSoFar * level));
        var cap = over < _count ? _ascending[_count - over - 1].Value : 0;
        var (values, squares) = (0.0, 0.0);
        foreach (var (value, owner) in _ascending.AsSpan(0, _count))
        {
            if (ReferenceEquals(owner, arm) && value > cap)
                (values, squares) = (values + value - cap, squares + (value * value) - (cap * cap));
        }

        return (values, squares);
    }
}
