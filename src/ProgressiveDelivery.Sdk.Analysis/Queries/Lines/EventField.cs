namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>Names the members of an event that an analysis reads.</summary>
internal enum EventField
{
    Other,
    Type,
    Id,
    Time,
    Unit,
    UnitKind,
    Flag,
    Experiment,
    Variant,
    Metric,
    Value,
    Attributes,
}
