namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>What polls, streams and reports have in common.</summary>
internal interface IUnleashOptions
{
    string AppName { get; }

    string InstanceId { get; }

    UnleashContextMapping Context { get; }

    bool ReportsUsage { get; }

    /// <summary>This client's own name among those of the instance.</summary>
    string ConnectionId { get; }

    /// <summary>An address below the server's API.</summary>
    Uri ApiAddressOf(string path);
}
