using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Verdicts;

/// <summary>An experiment of shares: units a day and the share of each metric by variant.</summary>
internal sealed class SomeExperiment
{
    public static readonly DateOnly FirstDay = new(2026, 11, 2);

    private readonly Dictionary<string, (long Units, Dictionary<string, double> Shares)> _variants = [];

    public ExperimentPlan Plan { get; set; } = new()
    {
        Experiment = "checkout-2026-11",
        Variants = [new("control", 1) { Name = "Three steps" }, new("one", 1) { Name = "One page" }],
        Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero),
        End = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        IntendedUnits = 300_000,
        Metrics =
        [
            new() { Key = "purchase", Name = "Purchases", Kind = MetricKind.Conversion, Outcomes = new("purchase"), Role = MetricRole.Primary },
            new() { Key = "support", Name = "Support contacts", Kind = MetricKind.Conversion, Outcomes = new("support"), Role = MetricRole.Guardrail, Direction = MetricDirection.DecreaseIsGood, Margin = 0.1 },
        ],
    };

    public int Days { get; set; } = 21;

    public EventCounts Counts { get; set; } = new() { Lines = 1_000_000 };

    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    /// <summary>Adds a variant.</summary>
    /// <param name="key">The key.</param>
    /// <param name="unitsPerDay">The units of each day.</param>
    /// <param name="purchase">The share that buys.</param>
    /// <param name="support">The share that needs support.</param>
    public SomeExperiment With(string key, long unitsPerDay, double purchase, double support = 0.02)
    {
        _variants[key] = (unitsPerDay, new() { ["purchase"] = purchase, ["support"] = support });
        return this;
    }

    public SomeExperiment WithThirdVariant() =>
        With(plan => plan with { Variants = [.. plan.Variants, new("wallet", 1) { Name = "Wallet first" }] });

    public SomeExperiment With(Func<ExperimentPlan, ExperimentPlan> change)
    {
        Plan = change(Plan);
        return this;
    }

    public ExperimentData Data => new()
    {
        Counts = Counts,
        Variants = [.. Plan.Variants.Select(variant => Variant(variant.Key))],
    };

    private VariantData Variant(string key)
    {
        var (units, shares) = _variants[key];
        var days = Enumerable.Range(0, units == 0 ? 0 : Days).Select(FirstDay.AddDays).ToArray();
        return new()
        {
            Variant = key,
            Units = units * days.Length,
            Crossovers = 0,
            UnitsByDay = days.ToDictionary(day => day, _ => units),
            Metrics = Plan.Metrics.ToDictionary(metric => metric.Key, metric => new MetricData
            {
                Total = Moments(units, shares[metric.Key], days.Length),
                Days = days.ToDictionary(day => day, _ => Moments(units, shares[metric.Key])),
            }),
        };
    }

    private static Moments Moments(long unitsPerDay, double share, int days = 1)
    {
        var (units, events) = (unitsPerDay * days, Math.Round(unitsPerDay * share) * days);
        var p = units == 0 ? 0 : events / units;
        return new() { Units = units, Sum = events, SumOfSquares = events, Variance = units < 2 ? 0 : p * (1 - p) * units / (units - 1), Minority = (long)events };
    }
}
