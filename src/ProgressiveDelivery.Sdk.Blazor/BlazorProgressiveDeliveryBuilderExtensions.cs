using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressiveDelivery.Sdk.Blazor;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Blazor's part to a client.</summary>
public static class BlazorProgressiveDeliveryBuilderExtensions
{
    /// <summary>
    /// Gives components the context of their visitor: the claims of the user, from the <c>AuthenticationStateProvider</c>. Questions without a context then know it, in a circuit and in the
    /// browser. Without this call, components evaluate for an anonymous visitor.
    /// </summary>
    /// <param name="builder">The client's builder; a client without a name, since components take that one.</param>
    /// <exception cref="InvalidOperationException">The client has a name.</exception>
    public static ProgressiveDeliveryBuilder AddBlazor(this ProgressiveDeliveryBuilder builder) => builder.AddBlazor(static _ => { });

    /// <summary>Gives components the context of their visitor: the claims of the user, and attributes of the application.</summary>
    /// <param name="builder">The client's builder; a client without a name, since components take that one.</param>
    /// <param name="configure">Sets the options: <c>visitor => visitor.Add("tenant", services => …)</c>.</param>
    /// <exception cref="InvalidOperationException">The client has a name.</exception>
    public static ProgressiveDeliveryBuilder AddBlazor(this ProgressiveDeliveryBuilder builder, Action<BlazorFeatureOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        if (builder.Name is { } name)
            throw new InvalidOperationException($"{nameof(AddBlazor)} is called for the feature client '{name}', and components take the client without a name. Call it there.");
        builder.BindScopes();
        builder.Services.AddOptions<BlazorFeatureOptions>().Configure(configure);
        builder.Services.TryAddScoped(static services => new FeatureCircuit(services));
        return builder;
    }

    /// <summary>
    /// Answers with what a server evaluated for this visitor, and sent as <see cref="ProgressiveDelivery.Sdk.FrontEndFlags"/> writes it. In force at once; it never changes. Values and variants are
    /// those of the server. The reason is <see cref="ProgressiveDelivery.Sdk.EvaluationReason.Default"/>, and the server's is the metadata <c>reason</c>. A flag that the document does not have
    /// answers the caller's fallback. A document that is not of that form is logged, and the status of the client gives the fault.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="json">The document's text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static ProgressiveDeliveryBuilder FromFrontEndFlags(this ProgressiveDeliveryBuilder builder, [StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(json);
        return builder.From(_ => new InMemorySnapshotSource(json, new FrontEndFlagsFormat(new())));
    }

    /// <summary>
    /// Polls what a server evaluates for this visitor. To start with the answers that came with the page, add
    /// <see cref="ProgressiveDeliveryBuilder.FallBackToDocument"/>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the address at least, which is absolute.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public static ProgressiveDeliveryBuilder FromFrontEndFlags(this ProgressiveDeliveryBuilder builder, Action<HttpSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.FromHttp(configure, static limits => new FrontEndFlagsFormat(limits));
    }
}
