using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>A way to read a backend by requests over HTTP.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
public abstract class BackendRequests<TOptions> : BackendChannel<TOptions>
    where TOptions : HttpEndpointOptions
{
    private protected BackendRequests()
    {
    }

    /// <summary>Returns the full address that is requested; <see cref="HttpEndpointOptions.Address"/> by default. Only the latter is shown to people.</summary>
    public Func<TOptions, Uri> Address { get; init; } = static options => options.Address!;

    /// <summary>Returns the address that distinguishes kept files; that of <see cref="Address"/> by default. Give it if the latter holds more than the choice of rules.</summary>
    public Func<TOptions, Uri>? RulesAddress { get; init; }

    /// <summary>Returns headers beside <see cref="Backend{TOptions}.Headers"/> that identify the caller, and do not distinguish kept files; none by default.</summary>
    public Func<TOptions, IEnumerable<KeyValuePair<string, string>>> InstanceHeaders { get; init; } = static _ => [];

    internal override void Prepare(ProgressiveDeliveryBuilder builder, OptionsBuilder<TOptions> options)
    {
        builder.AddHttpClient();
        options.Configure(endpoint => endpoint.HttpClientName = builder.HttpClientName);
    }

    internal override void Check(TOptions options, ValidateOptionsResultBuilder errors) => HttpEndpointValidation.Check(errors, options);

    internal abstract override HttpEndpoint EndpointOf(Backend<TOptions> backend, TOptions options, SnapshotLimits limits);

    // A query or a key may select the environment, and must not reach a file's name as it is.
    internal override string IdentityOf(Backend<TOptions> backend, TOptions options)
    {
        var headers = backend.Headers(options).Concat(options.Headers).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}");
        return IdentityHash.Of(string.Join('\n', [(RulesAddress ?? Address)(options).AbsoluteUri, options.Authorization, .. headers]));
    }

    private protected IEnumerable<KeyValuePair<string, string>> HeadersOf(Backend<TOptions> backend, TOptions options) => InstanceHeaders(options).Concat(backend.Headers(options));
}
