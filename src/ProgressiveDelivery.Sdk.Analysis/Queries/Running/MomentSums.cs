using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>The sums of a metric over the units of a variant, of one day or of several.</summary>
/// <param name="Units">The number of units.</param>
/// <param name="Minority">The units whose value is not the most common one.</param>
/// <param name="Value">The values.</param>
/// <param name="Other">The denominators or covariates; none without them.</param>
/// <param name="Product">The sum of the products of the two, each with its center taken off.</param>
internal readonly record struct MomentSums(long Units, long Minority, SeriesSums Value, SeriesSums Other, double Product)
{
    public static MomentSums None { get; } = new(0, 0, SeriesSums.None, SeriesSums.None, 0);

    public static MomentSums operator +(MomentSums left, MomentSums right) => new(
        left.Units + right.Units, left.Minority + right.Minority, left.Value + right.Value, left.Other + right.Other, left.Product + right.Product);

    /// <summary>Returns the number of columns that a metric has in a row.</summary>
    public static int Columns(MetricSql metric) => metric.ValueNames.Count() switch { 0 => 0, 1 => 1 + SeriesSums.Columns, _ => 2 + (2 * SeriesSums.Columns) };

    /// <summary>Returns the sums that the columns of a row have for a metric.</summary>
    public static MomentSums Read(long units, ReadOnlySpan<double?> row) => new(
        units,
        (long)(row[0] ?? 0),
        SeriesSums.Read(row[1..]),
        row.Length > 1 + SeriesSums.Columns ? SeriesSums.Read(row[(1 + SeriesSums.Columns)..]) : SeriesSums.None,
        row.Length > 1 + SeriesSums.Columns ? row[^1] ?? 0 : 0);

    /// <summary>Returns what a report needs.</summary>
    public Moments ToMoments(Metric metric)
    {
        var moments = new Moments { Units = Units, Sum = Value.Sum, SumOfSquares = Value.SumOfSquares, Variance = Value.Variance(Units), Minority = Minority };
        if (metric.Kind == MetricKind.Ratio)
        {
            return moments with
            {
                DenominatorSum = Other.Sum,
                DenominatorSumOfSquares = Other.SumOfSquares,
                DenominatorVariance = Other.Variance(Units),
                DenominatorCovariance = Covariance,
            };
        }
        return moments with
        {
            CovariateSum = Other.Sum,
            CovariateSumOfSquares = Other.SumOfSquares,
            CovariateVariance = Other.Variance(Units),
            CovariateCovariance = Covariance,
        };
    }

    private double Covariance => Units < 2 || Value.IsConstant || Other.IsConstant ? 0 : (Product - (Value.Shifted * Other.Shifted / Units)) / (Units - 1);
}
