using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Has a client evaluate flagd's flags.</summary>
public static class FlagdProgressiveDeliveryBuilderExtensions
{
    private static readonly TimeSpan HttpInterval = TimeSpan.FromSeconds(5);

    /// <summary>Follows flagd's sync stream (gRPC), with the defaults of <see cref="FlagdSourceOptions"/>.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="url">The server with its sync port, such as <c>http://flagd:8015</c>.</param>
    public static ProgressiveDeliveryBuilder FromFlagd(this ProgressiveDeliveryBuilder builder, [StringSyntax(StringSyntaxAttribute.Uri)] string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return builder.FromFlagd(flagd => flagd.Address = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : null);
    }

    /// <summary>Follows flagd's sync stream (gRPC).</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the address at least.</param>
    public static ProgressiveDeliveryBuilder FromFlagd(this ProgressiveDeliveryBuilder builder, Action<FlagdSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlagdSourceOptions>, FlagdSourceOptionsValidator>());
        return builder.From<FlagdSourceOptions>(
            nameof(FromFlagd),
            configure,
            static (options, services) => new FlagdSyncSource(options, new FlagdFormat(options.Fractional, services.Limits), services.Clock),
            static options => $"{options.Selector}\n{options.Fractional}");
    }

    /// <summary>Polls a flag configuration over HTTP, every 5 seconds.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="url">The configuration's full address.</param>
    /// <param name="fractional">The generation of the <c>fractional</c> operator.</param>
    public static ProgressiveDeliveryBuilder FromFlagdHttp(
        this ProgressiveDeliveryBuilder builder, [StringSyntax(StringSyntaxAttribute.Uri)] string url, FlagdFractional fractional = FlagdFractional.V2)
    {
        ArgumentNullException.ThrowIfNull(url);
        return builder.FromFlagdHttp(http => http.Address = Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var address) ? address : null, fractional);
    }

    /// <summary>Polls a flag configuration over HTTP, every 5 seconds unless told otherwise.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the address at least. A selector is the header <c>Flagd-Selector</c>.</param>
    /// <param name="fractional">The generation of the <c>fractional</c> operator.</param>
    public static ProgressiveDeliveryBuilder FromFlagdHttp(
        this ProgressiveDeliveryBuilder builder, Action<HttpSourceOptions> configure, FlagdFractional fractional = FlagdFractional.V2)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromHttp(
            http =>
            {
                http.PollingInterval = HttpInterval;
                configure(http);
            },
            limits => new FlagdFormat(fractional, limits));
    }

    /// <summary>Reads and watches a flag configuration file, in JSON.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The file; a relative path starts at the current folder.</param>
    /// <param name="fractional">The generation of the <c>fractional</c> operator.</param>
    public static ProgressiveDeliveryBuilder FromFlagdFile(this ProgressiveDeliveryBuilder builder, string path, FlagdFractional fractional = FlagdFractional.V2) =>
        builder.FromFlagdFile(file => file.Path = path, fractional);

    /// <summary>Reads and watches a flag configuration file, in JSON.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the path at least.</param>
    /// <param name="fractional">The generation of the <c>fractional</c> operator.</param>
    public static ProgressiveDeliveryBuilder FromFlagdFile(
        this ProgressiveDeliveryBuilder builder, Action<FileSourceOptions> configure, FlagdFractional fractional = FlagdFractional.V2)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.FromFile(configure, limits => new FlagdFormat(fractional, limits));
    }
}
