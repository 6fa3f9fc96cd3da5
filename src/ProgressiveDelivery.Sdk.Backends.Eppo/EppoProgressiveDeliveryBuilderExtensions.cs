using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Has a client evaluate Eppo's flags.</summary>
public static class EppoProgressiveDeliveryBuilderExtensions
{
    /// <summary>Polls Eppo's flags, every 30 seconds.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="sdkKey">The environment's SDK key.</param>
    public static ProgressiveDeliveryBuilder FromEppo(this ProgressiveDeliveryBuilder builder, string sdkKey) =>
        builder.FromEppo(options => options.SdkKey = sdkKey);

    /// <summary>Polls Eppo's flags.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromEppo(this ProgressiveDeliveryBuilder builder, Action<EppoSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromHttp<EppoSourceOptions>(nameof(FromEppo), options => options.Configure(configure), static (options, limits) => new EppoFormat(options.Context, limits));
    }

    /// <summary>Polls Eppo's flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">Has <see cref="EppoSourceOptions"/>' members: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromEppo(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromHttp<EppoSourceOptions>(nameof(FromEppo), options => options.Bind(section), static (options, limits) => new EppoFormat(options.Context, limits));
    }

    /// <summary>Reads and watches a file with a Universal Flag Configuration, of Eppo or of Datadog.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the path at least.</param>
    /// <param name="context">What stands for the subject; null: the defaults.</param>
    public static ProgressiveDeliveryBuilder FromUfcFile(this ProgressiveDeliveryBuilder builder, Action<FileSourceOptions> configure, EppoContextMapping? context = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.FromFile(configure, limits => new EppoFormat(context, limits));
    }

    /// <summary>Reads and watches a file with a Universal Flag Configuration, of Eppo or of Datadog.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The file; a relative path starts at the current folder.</param>
    public static ProgressiveDeliveryBuilder FromUfcFile(this ProgressiveDeliveryBuilder builder, string path) =>
        builder.FromUfcFile(file => file.Path = path);
}
