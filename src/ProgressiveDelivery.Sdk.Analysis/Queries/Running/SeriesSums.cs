namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>The sums of one number per unit: as it is, and with a center taken off. Sums with the same center add up.</summary>
internal readonly record struct SeriesSums(double Sum, double SumOfSquares, double Least, double Greatest, double Shifted, double ShiftedSquares)
{
    /// <summary>The number of columns that a query has for it.</summary>
    public const int Columns = 6;

    /// <summary>Those of no unit.</summary>
    public static SeriesSums None { get; } = new(0, 0, double.PositiveInfinity, double.NegativeInfinity, 0, 0);

    /// <summary>Indicates whether all values are equal; rounding must not make a variance of that.</summary>
    public bool IsConstant => Least >= Greatest;

    public static SeriesSums operator +(SeriesSums left, SeriesSums right) => new(
        left.Sum + right.Sum,
        left.SumOfSquares + right.SumOfSquares,
        Math.Min(left.Least, right.Least),
        Math.Max(left.Greatest, right.Greatest),
        left.Shifted + right.Shifted,
        left.ShiftedSquares + right.ShiftedSquares);

    /// <summary>Returns the sums that the columns of a row have.</summary>
    public static SeriesSums Read(ReadOnlySpan<double?> row) => new(row[0] ?? 0, row[1] ?? 0, row[2] ?? 0, row[3] ?? 0, row[4] ?? 0, row[5] ?? 0);

    /// <summary>Returns the variance; 0 for fewer than two units.</summary>
    public double Variance(long units) => units < 2 || IsConstant ? 0 : Math.Max(0, (ShiftedSquares - (Shifted * Shifted / units)) / (units - 1));
}
