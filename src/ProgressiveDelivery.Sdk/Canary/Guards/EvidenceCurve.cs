namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The evidence over outcomes for a chart, in constant memory: when it is full, every second point goes and the distance of new ones doubles. Not safe to use from several threads.</summary>
internal sealed class EvidenceCurve
{
    public const int MaxPoints = 256;

    private readonly List<GuardEvidence> _points = [];
    private long _stride = 1;
    private long _next;

    /// <summary>Adds a point, unless it is too near to the last one.</summary>
    public void Add(long outcomes, double logEvidence)
    {
        if (outcomes < _next)
            return;
        // One place stays free for the present moment.
        if (_points.Count == MaxPoints - 1)
            Thin();
        _points.Add(new(outcomes, logEvidence));
        _next = outcomes + _stride;
    }

    /// <summary>Returns the points, and the present one as the last.</summary>
    public IReadOnlyList<GuardEvidence> Upto(long outcomes, double logEvidence) =>
        _points.Count > 0 && _points[^1].Outcomes == outcomes ? [.. _points.SkipLast(1), new(outcomes, logEvidence)]
        : outcomes == 0 ? [.. _points]
        : [.. _points, new(outcomes, logEvidence)];

    public void Clear()
    {
        _points.Clear();
        (_stride, _next) = (1, 0);
    }

    private void Thin()
    {
        var kept = _points.Where((_, place) => place % 2 == 0).ToList();
        _points.Clear();
        _points.AddRange(kept);
        // Far apart as the points are, not as they were once asked for.
        _stride = Math.Max(_stride * 2, (_points[^1].Outcomes - _points[0].Outcomes) / _points.Count);
    }
}
