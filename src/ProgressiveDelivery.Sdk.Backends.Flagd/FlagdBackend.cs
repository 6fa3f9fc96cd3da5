using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>The descriptions of flagd's sync stream, and of flag configurations over HTTP and in files.</summary>
internal static class FlagdBackend
{
    public static Backend<FlagdSourceOptions> OfSync { get; } = new()
    {
        Format = static (options, limits) => new FlagdFormat(options.Fractional, limits),
        Validate = FlagdSourceValidation.Check,
    };

    public static BackendSource<FlagdSourceOptions> Sync { get; } = new()
    {
        Create = static (options, format, services) => new FlagdSyncSource(options, format, services.Limits, services.Clock),
        Kind = "gRPC stream",
        Identity = static options => $"{options.Selector}\n{options.Fractional}",
    };

    public static Backend<FlagdHttpOptions> OfPolls { get; } = new() { Format = static (options, limits) => new FlagdFormat(options.Fractional, limits) };

    public static BackendPolls<FlagdHttpOptions> Polls { get; } = new();

    public static Backend<FlagdFileOptions> OfFiles { get; } = new() { Format = static (options, limits) => new FlagdFormat(options.Fractional, limits) };

    public static BackendFile<FlagdFileOptions> File { get; } = new();
}
