using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>The sums of an arm so far: of a value per unit, and of a denominator or covariate.</summary>
internal sealed class ArmSums
{
    public long Units { get; set; }

    /// <summary>The units whose value is not the most common one.</summary>
    public long Minority { get; set; }

    private double Sum { get; set; }

    private double Squares { get; set; }

    private double Other { get; set; }

    private double OtherSquares { get; set; }

    private double Product { get; set; }

    /// <summary>The arm as units and events, of values that are 0 or 1.</summary>
    public Proportion Proportion => new(Units, (long)Sum);

    /// <summary>The arm as numerator and denominator.</summary>
    public RatioSample Ratio => new(Units, Sum / Units, Other / Units, Variance(Sum, Squares), Variance(Other, OtherSquares), Covariance) { Minority = Minority };

    /// <summary>The arm as metric and covariate.</summary>
    public CovariateSample Covariate => new(Units, Sum / Units, Variance(Sum, Squares), Other / Units, Variance(Other, OtherSquares), Covariance) { Minority = Minority };

    private double Covariance => (Product - (Sum * Other / Units)) / (Units - 1);

    /// <summary>Adds a value other than 0. Its unit is counted apart, so that units with 0 cost nothing.</summary>
    public void Add(double value, double other = 0)
    {
        Sum += value;
        Squares += value * value;
        Other += other;
        OtherSquares += other * other;
        Product += value * other;
    }

    /// <summary>Returns the arm as a sample, less what values lie above a cap.</summary>
    public Sample Sample(double above = 0, double squaresAbove = 0) =>
        new(Units, (Sum - above) / Units, Variance(Sum - above, Squares - squaresAbove)) { Minority = Minority };

    private double Variance(double sum, double squares) => Math.Max(0, (squares - (sum * sum / Units)) / (Units - 1));
}
