using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// Options for polling a Universal Flag Configuration from Eppo, every 30 seconds by default. The default <see cref="HttpEndpointOptions.Address"/>
/// is <c>https://fscdn.eppo.cloud/api</c>.
/// </summary>
public sealed class EppoSourceOptions : HttpSourceOptions
{
    private static readonly Uri Service = new("https://fscdn.eppo.cloud/api");

    /// <summary>Sets the defaults.</summary>
    public EppoSourceOptions() => Address = Service;

    /// <summary>The environment's SDK key. Required. Never logged.</summary>
    public string? SdkKey { get; set; }

    /// <summary>The part of a context that stands for the subject. Default: that of <see cref="EppoContextMapping"/>.</summary>
    public EppoContextMapping Context { get; set; } = new();
}
