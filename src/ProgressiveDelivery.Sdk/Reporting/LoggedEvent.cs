using System.Collections;
using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The attributes of one logged event, named as the members of its JSON.</summary>
internal sealed class LoggedEvent : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly string _type;
    private readonly List<KeyValuePair<string, object?>> _attributes = [];

    private LoggedEvent(string type) => _type = type;

    public int Count => _attributes.Count;

    public KeyValuePair<string, object?> this[int index] => _attributes[index];

    /// <summary>Returns the attributes of an event.</summary>
    public static LoggedEvent Of(FeatureEvent occurred)
    {
        var logged = new LoggedEvent(occurred is ExposureEvent ? "exposure" : "outcome");
        logged.Add("id", occurred.Id);
        logged.Add("time", occurred.Time);
        logged.Add("unit", occurred.Unit);
        logged.Add("unitKind", occurred.UnitKind);
        if (occurred is ExposureEvent exposure)
            logged.AddExposure(exposure);
        else if (occurred is OutcomeEvent outcome)
            logged.AddOutcome(outcome);
        foreach (var (name, value) in occurred.Attributes)
            logged.Add($"attributes.{name}", value.ToString());
        return logged;
    }

    /// <summary>Returns the attributes of a count.</summary>
    public static LoggedEvent Of(EventCount count)
    {
        var logged = new LoggedEvent(count.Metric is null ? "exposureCount" : "outcomeCount");
        logged.Add("id", count.Id);
        logged.Add("from", count.From);
        logged.Add("to", count.To);
        logged.Add("flag", count.Flag);
        logged.Add("experiment", count.Experiment);
        logged.Add("variant", count.Variant);
        logged.Add("metric", count.Metric);
        logged.Add("count", count.Count);
        if (count.Metric is not null)
            logged.Add("sum", count.Sum);
        return logged;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The event on one line, for logs that show texts.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(_type);
        foreach (var (name, value) in _attributes)
        {
            if (value is DateTimeOffset time)
                text.Append(CultureInfo.InvariantCulture, $" {name}={time.UtcDateTime:O}");
            else
                text.Append(CultureInfo.InvariantCulture, $" {name}={value}");
        }

        return text.ToString();
    }

    private void AddExposure(ExposureEvent exposure)
    {
        Add("flag", exposure.Flag);
        Add("experiment", exposure.Experiment);
        Add("variant", exposure.Variant);
        Add("rule", exposure.Rule);
        Add("reason", exposure.Reason.ToString());
        Add("snapshotVersion", exposure.SnapshotVersion);
        Add("origin", exposure.Origin.ToString());
    }

    private void AddOutcome(OutcomeEvent outcome)
    {
        Add("metric", outcome.Metric);
        Add("value", outcome.Value);
    }

    private void Add(string name, object? value)
    {
        if (value is not null)
            _attributes.Add(new(name, value));
    }
}
