using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Soak.Events;

/// <summary>The events that a sink received, each once: units are numbers, so that a bit is enough to know one.</summary>
internal sealed class Received
{
    private readonly NumberSet _exposures = new();
    private readonly NumberSet _outcomes = new();
    private readonly HashSet<string> _counts = new(StringComparer.Ordinal);

    /// <summary>Different whole events.</summary>
    public long Whole => _exposures.Count + _outcomes.Count;

    /// <summary>Events within different counts.</summary>
    public long Counted { get; private set; }

    /// <summary>Events and counts that had been received before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Outcomes with another value than was tracked, and counts with another sum than that of their values.</summary>
    public long Wrong { get; private set; }

    public void Add(EventBatch batch)
    {
        foreach (var occurred in batch.Events)
            Add(occurred);
        foreach (var count in batch.Counts)
            Add(count);
    }

    private void Add(FeatureEvent occurred)
    {
        var number = Shopper.NumberOf(occurred.Unit);
        var isNew = occurred is ExposureEvent ? _exposures.Add(number) : _outcomes.Add(number);
        if (!isNew)
            Repeated++;
        if (occurred is OutcomeEvent outcome && outcome.Value != Shopper.Value)
            Wrong++;
    }

    private void Add(EventCount count)
    {
        if (!_counts.Add(count.Id))
            Repeated++;
        else
            Counted += count.Count;
        if (count.Metric is not null && count.Sum != count.Count * Shopper.Value)
            Wrong++;
    }
}
