using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>An experiment to be repeated.</summary>
/// <param name="Population">The units.</param>
/// <param name="Reading">The kind of metric.</param>
/// <param name="Control">The units of the control at the end, a multiple of <see cref="Looks"/>.</param>
/// <param name="Treatment">The units of the treatment at the end, a multiple of <see cref="Looks"/>.</param>
internal sealed record Scenario(Population Population, Reading Reading, int Control, int Treatment)
{
    /// <summary>A look after each percent of the data.</summary>
    public const int Looks = 100;

    /// <summary>The relative effect of the treatment.</summary>
    public double Lift { get; init; }

    /// <summary>The percentile at which values are capped; null to leave them as they are.</summary>
    public double? Winsorize { get; init; }

    /// <summary>Indicates whether only the last look is taken.</summary>
    public bool IsReadOnce { get; init; }

    public Arms Begin() => new(Winsorize is { } level ? new TopValues(level, (long)Control + Treatment) : null);

    /// <summary>The confidence sequence of the difference, tuned for the units of both arms.</summary>
    public Method Sequence(double alpha)
    {
        var settings = Settings(alpha);
        return Of(arms => Reading.Estimates(arms) is { } both ? Interval(ConfidenceSequence.Difference(both.Control, both.Treatment, settings)) : null);
    }

    /// <summary>The confidence sequence of the relative uplift.</summary>
    public Method RelativeSequence(double alpha)
    {
        var settings = Settings(alpha);
        return new(arms => Reading.Estimates(arms) is { } both ? Interval(ConfidenceSequence.RelativeUplift(both.Control, both.Treatment, settings)) : null, Lift);
    }

    /// <summary>The test that is made for one look.</summary>
    public Method Fixed(double alpha) => Of(arms => Reading.Fixed(arms, alpha));

    /// <summary>The exact sequence of proportions.</summary>
    public Method Exact(double alpha) => Of(arms => Reading.Exact!(arms, alpha));

    private static Interval? Interval(StatisticalResult<SequenceInterval> result) => result.Value is { } found ? new(found.Low, found.High) : null;

    private SequenceSettings Settings(double alpha) => new() { Alpha = alpha, Intended = (long)Control + Treatment };

    private Method Of(Func<Arms, Interval?> look) => new(look, Population.Mean * Lift);
}
