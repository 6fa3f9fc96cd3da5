using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// A way to read a backend: <see cref="BackendPolls{TOptions}"/>, <see cref="BackendStream{TOptions}"/>, <see cref="BackendFile{TOptions}"/> or
/// <see cref="BackendSource{TOptions}"/>. Its functions do no I/O. Sources are made only from options that have no errors.
/// </summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
public abstract class BackendChannel<TOptions>
    where TOptions : class
{
    private protected BackendChannel()
    {
    }

    /// <summary>The kind of source in words; null if the source states it.</summary>
    internal virtual string? KindOfSource => null;

    /// <summary>Registers the services that sources of this kind need, and the defaults of the options.</summary>
    internal virtual void Prepare(ProgressiveDeliveryBuilder builder, OptionsBuilder<TOptions> options)
    {
    }

    /// <summary>Finds the errors in the options that all sources of this kind have.</summary>
    internal virtual void Check(TOptions options, ValidateOptionsResultBuilder errors)
    {
    }

    /// <summary>Returns the endpoint that is requested; null if it is not requested over HTTP.</summary>
    internal virtual HttpEndpoint? EndpointOf(Backend<TOptions> backend, TOptions options, SnapshotLimits limits) => null;

    /// <summary>Returns a text that distinguishes sources that may give different rules under one name; without secrets.</summary>
    internal virtual string IdentityOf(Backend<TOptions> backend, TOptions options) => "";

    /// <summary>Makes the source, without I/O.</summary>
    internal abstract ISnapshotSource CreateSource(Backend<TOptions> backend, TOptions options, SourceInputs inputs);
}
