namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The relation of an assignment in memory to the store.</summary>
internal enum AssignmentState
{
    /// <summary>The store has it, or there is no store.</summary>
    Settled = 0,

    /// <summary>It waits to be written.</summary>
    Pending,

    /// <summary>The queue had no room for it. It is offered again when it is next looked up.</summary>
    Unwritten,
}
