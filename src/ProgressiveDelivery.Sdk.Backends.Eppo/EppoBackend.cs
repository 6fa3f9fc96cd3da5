using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>The description of Eppo, and of files with a Universal Flag Configuration: their addresses and documents.</summary>
internal static class EppoBackend
{
    public const string SdkName = "dotnet-progressivedelivery";

    public static readonly string Version = typeof(EppoBackend).Assembly.GetName().Version!.ToString(3);

    public static Backend<EppoSourceOptions> Description { get; } = new()
    {
        Format = static (options, limits) => new EppoFormat(options.Context, limits),
        Context = static options => options.Context,
        Credentials = nameof(EppoSourceOptions.SdkKey),
        Validate = Validate,
    };

    public static BackendPolls<EppoSourceOptions> Polls { get; } = new()
    {
        Address = static options => ConfigOf(options, Version),
        RulesAddress = static options => ConfigOf(options, version: null),
    };

    public static Backend<UfcFileOptions> OfFiles { get; } = new()
    {
        Format = static (options, limits) => new EppoFormat(options.Context, limits),
        Context = static options => options.Context,
    };

    public static BackendFile<UfcFileOptions> File { get; } = new();

    private static Uri ConfigOf(EppoSourceOptions options, string? version) =>
        HttpBackend.Below(options.Address!, "flag-config/v1/config", ("apiKey", options.SdkKey), ("sdkName", SdkName), ("sdkVersion", version));

    private static void Validate(EppoSourceOptions options, ValidateOptionsResultBuilder errors) =>
        HttpBackend.Require(errors, options.SdkKey, nameof(options.SdkKey), "the SDK key of the environment");
}
