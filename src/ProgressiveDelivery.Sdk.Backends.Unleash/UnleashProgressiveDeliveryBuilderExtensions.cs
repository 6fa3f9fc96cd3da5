using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Has a client evaluate Unleash's features.</summary>
public static class UnleashProgressiveDeliveryBuilderExtensions
{
    /// <summary>Polls Unleash's features, every 15 seconds.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="url">The server's address, or Unleash Edge's, with or without <c>/api</c> at its end.</param>
    /// <param name="token">A backend token, <c>project:environment.secret</c>.</param>
    public static ProgressiveDeliveryBuilder FromUnleash(this ProgressiveDeliveryBuilder builder, [StringSyntax(StringSyntaxAttribute.Uri)] string url, string token) =>
        builder.FromUnleash(options => (options.Address, options.Token) = (Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : null, token));

    /// <summary>Polls Unleash's features.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromUnleash(this ProgressiveDeliveryBuilder builder, Action<UnleashSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromServer(options => options.Configure(configure));
    }

    /// <summary>Polls Unleash's features, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">Has <see cref="UnleashSourceOptions"/>' members: <c>Address</c>, <c>Token</c>, <c>AppName</c>…</param>
    public static ProgressiveDeliveryBuilder FromUnleash(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromServer(options => options.Bind(section));
    }

    /// <summary>
    /// Follows the stream of Unleash Enterprise or Unleash Edge: changes arrive at once. Where streams may be cut, poll as the failover:
    /// <c>FromUnleashStream(url, token).FromUnleash(url, token)</c>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="url">The server's address, with or without <c>/api</c> at its end.</param>
    /// <param name="token">A backend token, <c>project:environment.secret</c>.</param>
    public static ProgressiveDeliveryBuilder FromUnleashStream(this ProgressiveDeliveryBuilder builder, [StringSyntax(StringSyntaxAttribute.Uri)] string url, string token) =>
        builder.FromUnleashStream(options => (options.Address, options.Token) = (Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : null, token));

    /// <summary>Follows Unleash's stream.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options.</param>
    public static ProgressiveDeliveryBuilder FromUnleashStream(this ProgressiveDeliveryBuilder builder, Action<UnleashStreamOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromStream(options => options.Configure(configure));
    }

    /// <summary>Follows Unleash's stream, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">Has <see cref="UnleashStreamOptions"/>' members: <c>Address</c>, <c>Token</c>, <c>AppName</c>…</param>
    public static ProgressiveDeliveryBuilder FromUnleashStream(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromStream(options => options.Bind(section));
    }

    private static ProgressiveDeliveryBuilder FromServer(this ProgressiveDeliveryBuilder builder, Action<OptionsBuilder<UnleashSourceOptions>> configure) =>
        builder.FromHttp(nameof(FromUnleash), configure, static (options, limits) => new UnleashFormat(options.Context, limits), Reporter);

    private static ProgressiveDeliveryBuilder FromStream(this ProgressiveDeliveryBuilder builder, Action<OptionsBuilder<UnleashStreamOptions>> configure) =>
        builder.FromEventStream(
            nameof(FromUnleashStream), configure, static (options, limits) => new UnleashFormat(options.Context, limits), static _ => new UnleashEvents(), Reporter);

    private static UnleashUsageReporter? Reporter<TOptions>(TOptions options, SourceServices services)
        where TOptions : HttpEndpointOptions, IUnleashOptions =>
        options.ReportsUsage ? new(options, services.SenderTo(options), services.UsageInterval, services.Clock.GetUtcNow()) : null;
}
