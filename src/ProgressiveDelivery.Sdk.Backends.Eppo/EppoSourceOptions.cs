using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// How a Universal Flag Configuration is polled from Eppo, every 30 seconds by default. <see cref="HttpEndpointOptions.Address"/> is
/// <c>https://fscdn.eppo.cloud/api</c> by default.
/// </summary>
public sealed class EppoSourceOptions : HttpSourceOptions
{
    private static readonly Uri Service = new("https://fscdn.eppo.cloud/api");

    /// <summary>Sets the defaults.</summary>
    public EppoSourceOptions() => Address = Service;

    /// <summary>The environment's SDK key. Required. Never logged.</summary>
    public string? SdkKey { get; set; }

    /// <summary>What stands for the subject. By default what <see cref="EppoContextMapping"/> says.</summary>
    public EppoContextMapping Context { get; set; } = new();

    /// <inheritdoc/>
    protected override Uri? Endpoint => Config(typeof(EppoSourceOptions).Assembly.GetName().Version!.ToString(3));

    /// <inheritdoc/>
    protected override Uri? RulesAddress => Config(version: null);

    /// <inheritdoc/>
    protected override void Validate(ValidateOptionsResultBuilder errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Require(errors, SdkKey, nameof(SdkKey), "the SDK key of the environment");
        if (Context is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(Context));
    }

    private Uri? Config(string? version) => Address is { IsAbsoluteUri: true } address
        ? Below(address, "flag-config/v1/config", ("apiKey", SdkKey), ("sdkName", "dotnet-progressivedelivery"), ("sdkVersion", version))
        : null;
}
