namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>The names of the temporary tables of an analysis, in the order in which they are made.</summary>
internal static class WorkTables
{
    public const string RepeatedExposures = "pd_repeated_exposures";
    public const string Units = "pd_units";
    public const string RepeatedOutcomes = "pd_repeated_outcomes";
    public const string UnitOutcomes = "pd_unit_outcomes";
    public const string Values = "pd_values";

    public static string Quantile(int metric) => $"pd_outcomes_{metric}";
}
