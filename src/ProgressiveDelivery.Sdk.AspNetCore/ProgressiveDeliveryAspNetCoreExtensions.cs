using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Serves the requests of an ASP.NET Core application.</summary>
public static class ProgressiveDeliveryAspNetCoreExtensions
{
    /// <summary>
    /// Gives each request one frozen ruleset and a context of its own: code that injects <see cref="ProgressiveDelivery.Sdk.IFeatureClient"/> in a request asks without a context, and gets all
    /// answers from one version. The end of the request is the outcome of the variants given in it. The middleware for it comes before all others. A second call for a client does nothing.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static ProgressiveDeliveryBuilder AddAspNetCore(this ProgressiveDeliveryBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.BindScopes();
        var client = new RequestClient(builder.Name);
        if (builder.Services.Any(service => !service.IsKeyedService && client.Equals(service.ImplementationInstance)))
            return builder;
        builder.Services.AddSingleton(client);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RequestOptions>, RequestOptionsValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RequestStartup>());
        GateServices.Add(builder.Services);
        WebServices.AddTo(builder.Services);
        DiagnosticsServices.AddTo(builder.Services);
        return builder;
    }

    /// <summary>Gives each request one frozen ruleset and a context of its own; see <see cref="AddAspNetCore(ProgressiveDeliveryBuilder)"/>. Of several calls for a client all options hold.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options. Errors in them end the start of the host, all together.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ProgressiveDeliveryBuilder AddAspNetCore(this ProgressiveDeliveryBuilder builder, Action<RequestOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(OptionsNameOf(builder), configure);
        return builder.AddAspNetCore();
    }

    /// <summary>Gives each request one frozen ruleset and a context of its own, with options from configuration, read once; see <see cref="AddAspNetCore(ProgressiveDeliveryBuilder)"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">The section with <see cref="RequestOptions"/>' members: <c>Headers</c>, <c>Culture</c>, <c>AnonymousId</c>…</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ProgressiveDeliveryBuilder AddAspNetCore(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptions<RequestOptions>(OptionsNameOf(builder))
            .BindOnce(section, static (from, options) => from.Bind(options))
            .Validate(options => options.AnonymousId is not null || !IsEmpty(section, nameof(RequestOptions.AnonymousId)), $"{nameof(RequestOptions.AnonymousId)}: it has no members, so there is no cookie. Give at least one, such as {nameof(AnonymousIdOptions.Path)}, or remove the key.");
        return builder.AddAspNetCore();
    }

    // JSON's {}, which reads like the options with their defaults, arrives as null does.
    private static bool IsEmpty(IConfiguration section, string key) =>
        section.GetChildren().Any(child => string.Equals(child.Key, key, StringComparison.OrdinalIgnoreCase) && string.IsNullOrEmpty(child.Value) && !child.GetChildren().Any());

    private static string OptionsNameOf(ProgressiveDeliveryBuilder builder) => new RequestClient(builder.Name).OptionsName;
}
