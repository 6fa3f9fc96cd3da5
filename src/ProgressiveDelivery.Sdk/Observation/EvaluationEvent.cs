using System.Collections;
using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The attributes of one <c>feature_flag.evaluation</c> event, under the exact names of the OpenTelemetry semantic conventions for feature flags (1.44).
/// </summary>
internal sealed class EvaluationEvent : IReadOnlyList<KeyValuePair<string, object?>>
{
    public const string Name = "feature_flag.evaluation";

    private const int MaxAttributes = 10;

    private readonly List<KeyValuePair<string, object?>> _attributes = new(MaxAttributes);

    public int Count => _attributes.Count;

    public KeyValuePair<string, object?> this[int index] => _attributes[index];

    /// <summary>Adds an attribute that has a value.</summary>
    public void Add(string name, object? value)
    {
        if (value is not null)
            _attributes.Add(new(name, value));
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The event on one line, for logs that show texts.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        foreach (var (name, value) in _attributes)
            text.Append(CultureInfo.InvariantCulture, $" {name}={value}");
        return text.ToString();
    }
}
