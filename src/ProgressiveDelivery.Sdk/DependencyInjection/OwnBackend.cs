using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Documents of our own format, or of one that the user gives: the ways to read them.</summary>
internal static class OwnBackend
{
    public static BackendPolls<HttpSourceOptions> Polls { get; } = new();

    public static BackendStream<StreamSourceOptions> Stream { get; } = new()
    {
        Events = static _ => new OwnEvents(),
        HeartbeatTimeout = static options => options.HeartbeatTimeout,
    };

    public static BackendFile<FileSourceOptions> File { get; } = new();

    public static Backend<TOptions> Of<TOptions>(Func<SnapshotLimits, ISnapshotFormat>? format = null)
        where TOptions : class => new() { Format = (_, limits) => format?.Invoke(limits) ?? new NativeSnapshotFormat(limits) };
}
