using Grpc.Core;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>The faults of a stream of configurations, each with its fix.</summary>
internal sealed class SyncFaults(string name)
{
    private const int MaxDetail = 200;

    public SnapshotSourceException Silent(TimeSpan deadline) =>
        new($"'{name}' did not send a configuration within {deadline}. Check that flagd's sync service answers there (port 8015 by default).");

    public SnapshotSourceException Ended() => new($"'{name}' has ended its stream. The client connects again.");

    public SnapshotSourceException Of(RpcException fault) => fault.StatusCode switch
    {
        StatusCode.Unauthenticated => Refused(fault, 401, "it does not accept the credentials. Check Authorization."),
        StatusCode.PermissionDenied => Refused(fault, 403, "it does not allow the credentials this. Check Authorization and the selector."),
        StatusCode.Unimplemented or StatusCode.NotFound => Refused(fault, 404, "it has no flagd.sync.v1 service, or no such source. Check the address and the selector: the sync service has a port of its own, 8015 by default."),
        StatusCode.InvalidArgument => Refused(fault, 400, "it does not understand the request. Check the selector."),
        _ => new($"'{name}' cannot be followed: {Status(fault)}. The client connects again.", fault),
    };

    public SnapshotSourceException Of(Exception fault) => new($"'{name}' cannot be followed: {fault.Message.TrimEnd('.')}. The client connects again.", fault);

    private SnapshotSourceException Refused(RpcException fault, int status, string why) =>
        new($"'{name}' refuses ({Status(fault)}): {why}", fault) { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = status };

    private static string Status(RpcException fault)
    {
        var detail = fault.Status.Detail;
        return $"{fault.StatusCode}: {(detail.Length > MaxDetail ? detail[..MaxDetail] : detail).TrimEnd('.')}";
    }
}
