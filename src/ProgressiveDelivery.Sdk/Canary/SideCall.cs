namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>One read or write of one side, from its beginning.</summary>
internal readonly struct SideCall
{
    public const string Read = "read";
    public const string Write = "write";

    private readonly MigrationServices _services;
    private readonly long _begun;

    public SideCall(MigrationServices services, string operation, MigrationStage stage, MigrationSide side)
    {
        _services = services;
        (Operation, Stage, Side) = (operation, stage, side);
        _begun = services.Clock.GetTimestamp();
    }

    public string Operation { get; }

    public MigrationStage Stage { get; }

    public MigrationSide Side { get; }

    /// <summary>Records that the side succeeded, and returns the time that it took.</summary>
    public TimeSpan Succeeded() => Ended("ok");

    /// <summary>Records that the side threw, and returns the time until then. A fault after the caller's cancellation is no fault of the side.</summary>
    public TimeSpan Failed(Exception exception, CancellationToken cancellation) => Ended(IsCanceled(exception, cancellation) ? "canceled" : "failed");

    public static bool IsCanceled(Exception exception, CancellationToken cancellation) => exception is OperationCanceledException && cancellation.IsCancellationRequested;

    private TimeSpan Ended(string result)
    {
        var latency = _services.Clock.GetElapsedTime(_begun);
        _services.Meter?.Ended(in this, result, latency);
        return latency;
    }
}
