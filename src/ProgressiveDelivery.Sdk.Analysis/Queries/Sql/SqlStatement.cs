namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>A statement of an analysis.</summary>
/// <param name="Title">A sentence on it, for the comment.</param>
/// <param name="Text">The SQL, without a semicolon at its end.</param>
internal sealed record SqlStatement(string Title, string Text);
