namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The form of a batch in a request.</summary>
public enum EventFormat
{
    /// <summary>JSON lines: one object a line, media type <c>application/x-ndjson</c>.</summary>
    JsonLines = 0,

    /// <summary>One array of objects, media type <c>application/json</c>.</summary>
    JsonArray,
}
