namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>The kind of a single event.</summary>
internal enum LaunchDarklyEventKind
{
    /// <summary>A context, once for each.</summary>
    Index,

    /// <summary>An answer that is tracked.</summary>
    Feature,

    /// <summary>An answer of a flag that is debugged.</summary>
    Debug,

    /// <summary>An outcome.</summary>
    Custom,
}
