namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>What polls, streams and reports have in common.</summary>
internal interface ILaunchDarklyOptions
{
    LaunchDarklyContextMapping Context { get; }

    bool ReportsUsage { get; }

    /// <summary>Where events are sent.</summary>
    Uri EventsAddressInUse { get; }

    /// <summary>An address below that.</summary>
    Uri EventsEndpoint { get; }
}
