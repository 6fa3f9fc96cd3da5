using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Unleash's features to a client.</summary>
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
        return builder.AddSource(nameof(FromUnleash), UnleashBackend.Description, UnleashBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Polls Unleash's features, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="UnleashSourceOptions"/>: <c>Address</c>, <c>Token</c>, <c>AppName</c>…</param>
    public static ProgressiveDeliveryBuilder FromUnleash(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromUnleash), UnleashBackend.Description, UnleashBackend.Polls, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    /// <summary>
    /// Follows the stream of Unleash Enterprise or Unleash Edge: changes arrive at once. If streams may be cut, poll as the failover:
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
    public static ProgressiveDeliveryBuilder FromUnleashStream(this ProgressiveDeliveryBuilder builder, Action<UnleashSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.FromStream(options => options.Configure(configure));
    }

    /// <summary>Follows Unleash's stream, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="UnleashSourceOptions"/>: <c>Address</c>, <c>Token</c>, <c>HeartbeatTimeout</c>…</param>
    public static ProgressiveDeliveryBuilder FromUnleashStream(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.FromStream(options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    private static ProgressiveDeliveryBuilder FromStream(this ProgressiveDeliveryBuilder builder, Action<OptionsBuilder<UnleashSourceOptions>> configure) =>
        builder.AddSource(nameof(FromUnleashStream), UnleashBackend.Description, UnleashBackend.Stream, options =>
        {
            options.Validate(
                static streamed => streamed is { Project: null, NamePrefix: null },
                $"{nameof(UnleashSourceOptions.Project)}, {nameof(UnleashSourceOptions.NamePrefix)}: a stream sends all features that the token sees. Leave both out, or poll.");
            configure(options);
        });
}
