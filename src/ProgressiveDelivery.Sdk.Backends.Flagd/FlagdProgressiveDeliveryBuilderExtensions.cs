using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds flagd's flags to a client.</summary>
public static class FlagdProgressiveDeliveryBuilderExtensions
{
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
    /// <param name="configure">Sets the options; the address is required.</param>
    public static ProgressiveDeliveryBuilder FromFlagd(this ProgressiveDeliveryBuilder builder, Action<FlagdSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddSource(nameof(FromFlagd), FlagdBackend.OfSync, FlagdBackend.Sync, options => options.Configure(configure));
    }

    /// <summary>Follows flagd's sync stream (gRPC), with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="FlagdSourceOptions"/>: <c>Address</c>, <c>Selector</c>…</param>
    public static ProgressiveDeliveryBuilder FromFlagd(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromFlagd), FlagdBackend.OfSync, FlagdBackend.Sync, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    /// <summary>Polls a flag configuration over HTTP, every 5 seconds.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="url">The configuration's full address.</param>
    /// <param name="fractional">The generation of the <c>fractional</c> operator.</param>
    public static ProgressiveDeliveryBuilder FromFlagdHttp(
        this ProgressiveDeliveryBuilder builder, [StringSyntax(StringSyntaxAttribute.Uri)] string url, FlagdFractional fractional = FlagdFractional.V2)
    {
        ArgumentNullException.ThrowIfNull(url);
        return builder.FromFlagdHttp(http => (http.Address, http.Fractional) = (Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var address) ? address : null, fractional));
    }

    /// <summary>Polls a flag configuration over HTTP.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the address is required.</param>
    public static ProgressiveDeliveryBuilder FromFlagdHttp(this ProgressiveDeliveryBuilder builder, Action<FlagdHttpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddSource(nameof(FromFlagdHttp), FlagdBackend.OfPolls, FlagdBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Polls a flag configuration over HTTP, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="FlagdHttpOptions"/>: <c>Address</c>, <c>PollingInterval</c>…</param>
    public static ProgressiveDeliveryBuilder FromFlagdHttp(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromFlagdHttp), FlagdBackend.OfPolls, FlagdBackend.Polls, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    /// <summary>Reads and watches a flag configuration file, in JSON.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The file; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>.</param>
    /// <param name="fractional">The generation of the <c>fractional</c> operator.</param>
    public static ProgressiveDeliveryBuilder FromFlagdFile(this ProgressiveDeliveryBuilder builder, string path, FlagdFractional fractional = FlagdFractional.V2) =>
        builder.FromFlagdFile(file => (file.Path, file.Fractional) = (path, fractional));

    /// <summary>Reads and watches a flag configuration file, in JSON.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the path is required.</param>
    public static ProgressiveDeliveryBuilder FromFlagdFile(this ProgressiveDeliveryBuilder builder, Action<FlagdFileOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddSource(nameof(FromFlagdFile), FlagdBackend.OfFiles, FlagdBackend.File, options => options.Configure(configure));
    }

    /// <summary>Reads and watches a flag configuration file, in JSON, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="FlagdFileOptions"/>: <c>Path</c>, <c>PollingInterval</c>…</param>
    public static ProgressiveDeliveryBuilder FromFlagdFile(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromFlagdFile), FlagdBackend.OfFiles, FlagdBackend.File, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }
}
