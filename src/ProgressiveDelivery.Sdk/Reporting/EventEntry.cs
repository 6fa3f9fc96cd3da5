namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The way in which a backlog took an event.</summary>
internal enum EventEntry
{
    /// <summary>As a whole event.</summary>
    Whole = 0,

    /// <summary>As a part of a count.</summary>
    Counted,

    /// <summary>Not at all, for another reason than room: it is lost, and counted.</summary>
    Lost,

    /// <summary>Not at all, and it is not counted yet: neither the queue nor the counts have room.</summary>
    NoRoom,
}
