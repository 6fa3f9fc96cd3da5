namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>Names the rules by which a line of an event file does not become an event.</summary>
public enum EventFaultRule
{
    /// <summary>The last line of a file is cut off. It counts in <see cref="EventCounts.PartialLines"/>.</summary>
    PartialLine,

    /// <summary>The line is not a JSON object. It counts in <see cref="EventCounts.InvalidLines"/>.</summary>
    InvalidLine,

    /// <summary>The object is neither an exposure nor an outcome. It counts in <see cref="EventCounts.UnknownTypes"/>.</summary>
    UnknownType,

    /// <summary>A required field is missing, empty or of the wrong type. It counts in <see cref="EventCounts.InvalidEvents"/>.</summary>
    InvalidEvent,
}
