namespace ProgressiveDelivery.Sdk;

/// <summary>The origin of the rules in force.</summary>
public enum SnapshotOrigin : byte
{
    /// <summary>Nothing has been loaded: callers' fallbacks answer.</summary>
    None = 0,

    /// <summary>The snapshot file bundled with the application.</summary>
    Bundled,

    /// <summary>The last-known-good file of an earlier run.</summary>
    LastKnownGood,

    /// <summary>The configured source.</summary>
    Source,
}
