namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>What polls, streams and reports have in common.</summary>
internal interface ILaunchDarklyOptions
{
    LaunchDarklyContextMapping Context { get; }

    bool ReportsUsage { get; }

    /// <summary>The full address that events are sent to.</summary>
    Uri EventsEndpoint { get; }
}
