namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>A valid event as a line gave it. The parser fills the same object for each line.</summary>
internal sealed class EventRecord
{
    public bool IsExposure { get; set; }

    public string Id { get; set; } = "";

    /// <summary>The time in microseconds since 1970, UTC.</summary>
    public long Time { get; set; }

    public string Unit { get; set; } = "";

    public string UnitKind { get; set; } = "";

    /// <summary>The experiment of an exposure.</summary>
    public string Experiment { get; set; } = "";

    /// <summary>The variant of an exposure.</summary>
    public string Variant { get; set; } = "";

    /// <summary>The metric of an outcome.</summary>
    public string Metric { get; set; } = "";

    /// <summary>The value of an outcome.</summary>
    public double Value { get; set; }

    /// <summary>The attributes that the plan names, in its order; null for one that is missing or has no text.</summary>
    public string?[] Attributes { get; set; } = [];
}
