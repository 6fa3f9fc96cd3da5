using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// The description of a backend, as functions of its options: the parts that are the same for every way to read it. <see cref="ProgressiveDeliveryBuilder.AddSource"/> makes a source
/// from it and a <see cref="BackendChannel{TOptions}"/>. The functions do no I/O, and are safe to call from any thread.
/// </summary>
/// <typeparam name="TOptions">The options' class. It holds data only: the functions are here.</typeparam>
public sealed class Backend<TOptions>
    where TOptions : class
{
    /// <summary>Makes the format of the backend's documents, within the client's limits. Required.</summary>
    public required Func<TOptions, SnapshotLimits, ISnapshotFormat> Format { get; init; }

    /// <summary>Returns the option <c>Context</c>, the mapping of contexts; null, the default, if the backend has none. A mapping that is null is reported with the options' other errors.</summary>
    public Func<TOptions, object?>? Context { get; init; }

    /// <summary>
    /// Returns the headers that select the rules, such as a key; none by default. <see cref="HttpEndpointOptions.Authorization"/> and <see cref="HttpEndpointOptions.Headers"/> take
    /// their place where they have the same names. They go to the address of the backend only, and distinguish kept files.
    /// </summary>
    public Func<TOptions, IEnumerable<KeyValuePair<string, string>>> Headers { get; init; } = static _ => [];

    /// <summary>The name of the option that holds the credentials, for messages; null, the default, if these are <see cref="HttpEndpointOptions.Authorization"/> and <see cref="HttpEndpointOptions.Headers"/>.</summary>
    public string? Credentials { get; init; }

    /// <summary>Finds the errors in the backend's own options, and never shows a secret; none by default. See <see cref="HttpBackend"/>.</summary>
    public Action<TOptions, ValidateOptionsResultBuilder> Validate { get; init; } = static (_, _) => { };

    /// <summary>Makes the reporter of usage to the backend; null, the default, or returning null, if the backend takes no reports.</summary>
    public Func<TOptions, SourceServices, IUsageReporter?>? Report { get; init; }
}
