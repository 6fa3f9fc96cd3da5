using System.Globalization;

namespace ProgressiveDelivery.Sdk.Soak.Events;

/// <summary>Offers events: an endless row of new units, each exposed once to the experiment; every second one has an outcome.</summary>
internal sealed class Shopper(IFeatureClient features)
{
    /// <summary>The value of each outcome: sums of it are exact.</summary>
    public const double Value = 2.5;

    private const int UnitsOfATick = 100;

    // More names than there is room for beside a full queue, so that some outcomes are lost.
    private const int Metrics = 1_500;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly string[] MetricNames = [.. Enumerable.Range(0, Metrics).Select(static metric => string.Create(CultureInfo.InvariantCulture, $"metric-{metric}"))];

    private long _exposures;
    private long _outcomes;

    public long Exposures => Volatile.Read(ref _exposures);

    public long Outcomes => Volatile.Read(ref _outcomes);

    /// <summary>The number within the name of a unit.</summary>
    public static int NumberOf(string unit) => int.Parse(unit.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Tick);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            for (var i = 0; i < UnitsOfATick; i++)
                Shop(_exposures);
        }
    }

    private void Shop(long number)
    {
        var unit = new EvaluationContext(string.Create(CultureInfo.InvariantCulture, $"s{number}"));
        if (features.Evaluate(SoakFlags.Experiment, unit).Variant is null)
            throw new InvalidOperationException("A unit was given no variant of the experiment.");
        Volatile.Write(ref _exposures, _exposures + 1);
        if (number % 2 != 0)
            return;
        features.Track(MetricNames[number / 2 % Metrics], unit, Value);
        Volatile.Write(ref _outcomes, _outcomes + 1);
    }
}
