namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>Names the types of parameters.</summary>
internal enum SqlType
{
    Text,
    Whole,
    Number,
}
