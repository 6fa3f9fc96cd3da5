using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressiveDelivery.Sdk.Backends.Eppo;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Eppo's flags to a client.</summary>
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
        return builder.AddSource(nameof(FromEppo), EppoBackend.Description, EppoBackend.Polls, options => options.Configure(configure));
    }

    /// <summary>Polls Eppo's flags, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="EppoSourceOptions"/>: <c>SdkKey</c>, <c>Address</c>…</param>
    public static ProgressiveDeliveryBuilder FromEppo(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromEppo), EppoBackend.Description, EppoBackend.Polls, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }

    /// <summary>
    /// Sends assignments and choices of bandits to a sink of your own, which puts them where Eppo's warehouse analysis reads them. The sink is made by the container as a singleton unless registered
    /// otherwise.
    /// </summary>
    /// <typeparam name="TSink">The sink: its batches contain <see cref="EppoAssignmentEvent"/> and <see cref="EppoBanditEvent"/>.</typeparam>
    /// <param name="builder">The client's builder.</param>
    public static ProgressiveDeliveryBuilder SendEppoAssignmentsTo<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSink>(this ProgressiveDeliveryBuilder builder)
        where TSink : class, IEventSink
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<TSink>();
        return builder.AddBackendSink(nameof(SendEppoAssignmentsTo), static services => services.GetRequiredService<TSink>(), static services => new EppoRecorder(services));
    }

    /// <summary>Sends assignments and choices of bandits to a sink of your own, such as an <see cref="InMemoryEventSink"/> in a test.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="sink">The sink: its batches contain <see cref="EppoAssignmentEvent"/> and <see cref="EppoBanditEvent"/>. Not disposed with the client.</param>
    public static ProgressiveDeliveryBuilder SendEppoAssignmentsTo(this ProgressiveDeliveryBuilder builder, IEventSink sink)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sink);
        return builder.AddBackendSink(nameof(SendEppoAssignmentsTo), _ => sink, static services => new EppoRecorder(services));
    }

    /// <summary>Reads and watches a file with a Universal Flag Configuration, of Eppo or of Datadog.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The file; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>.</param>
    public static ProgressiveDeliveryBuilder FromEppoFile(this ProgressiveDeliveryBuilder builder, string path) =>
        builder.FromEppoFile(file => file.Path = path);

    /// <summary>Reads and watches a file with a Universal Flag Configuration, of Eppo or of Datadog.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options; the path is required.</param>
    public static ProgressiveDeliveryBuilder FromEppoFile(this ProgressiveDeliveryBuilder builder, Action<UfcFileOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddSource(nameof(FromEppoFile), EppoBackend.OfFiles, EppoBackend.File, options => options.Configure(configure));
    }

    /// <summary>Reads and watches a file with a Universal Flag Configuration, of Eppo or of Datadog, with options from configuration.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section with the members of <see cref="UfcFileOptions"/>: <c>Path</c>, <c>Context:Subject</c>…</param>
    public static ProgressiveDeliveryBuilder FromEppoFile(this ProgressiveDeliveryBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddSource(nameof(FromEppoFile), EppoBackend.OfFiles, EppoBackend.File, options => options.BindOnce(section, static (from, to) => from.Bind(to)));
    }
}
