using System.Collections.Concurrent;
using System.Globalization;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace Shop.Experiments;

/// <summary>Joins exposures and purchases by visitor, in memory. In production, send the events to where your data is: a file, an address, a queue.</summary>
internal sealed class ExperimentTally : IEventSink
{
    private readonly ConcurrentDictionary<string, string> _variants = new();
    private readonly ConcurrentDictionary<string, bool> _buyers = new();

    public string Name => "tally";

    /// <summary>The number of visitors so far.</summary>
    public int Visitors => _variants.Count;

    /// <summary>The number of visitors so far who bought something.</summary>
    public int Buyers => _buyers.Count;

    public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        foreach (var occurred in batch.Events)
        {
            if (occurred is ExposureEvent { Unit: { } visitor } exposure)
                _variants[visitor] = exposure.Variant;
            else if (occurred is OutcomeEvent { Metric: "purchase", Unit: { } buyer })
                _buyers[buyer] = true;
        }

        return ValueTask.CompletedTask;
    }

    public override string ToString() => string.Join('\n', _variants
        .GroupBy(entry => entry.Value, entry => entry.Key)
        .OrderBy(variant => variant.Key, StringComparer.Ordinal)
        .Select(variant => string.Create(CultureInfo.InvariantCulture, $"  {variant.Key,-6} {variant.Count(),5} visitors {variant.Count(_buyers.ContainsKey),5} buyers")));
}
