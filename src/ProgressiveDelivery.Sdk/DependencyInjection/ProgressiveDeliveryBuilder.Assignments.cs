using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressiveDelivery.Sdk.Experiments;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>The store of sticky assignments. The last call counts. By default assignments are kept in memory alone.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>Shares sticky assignments through a store of your own, made by the container as a singleton unless registered otherwise.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    public ProgressiveDeliveryBuilder StoreAssignmentsIn<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, IAssignmentStore
    {
        Services.TryAddSingleton<TStore>();
        _registration.Assignments = static (services, _) => services.GetRequiredService<TStore>();
        return this;
    }

    /// <summary>Shares sticky assignments through a store of your own.</summary>
    /// <param name="store">The store; not disposed with the client.</param>
    public ProgressiveDeliveryBuilder StoreAssignmentsIn(IAssignmentStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _registration.Assignments = (_, _) => store;
        return this;
    }

    /// <summary>Shares sticky assignments through a key-value store with compare-and-set. Its values are the version, a colon and the variant's name. The keys hold units, which may be personal data.</summary>
    /// <param name="create">Makes or resolves the key-value store, without I/O. The client does not dispose it.</param>
    /// <param name="prefix">The beginning of all keys, which keeps applications and clients apart.</param>
    public ProgressiveDeliveryBuilder StoreAssignmentsInCache(Func<IServiceProvider, IAssignmentCache> create, string prefix = "assignments:")
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(prefix);
        _registration.Assignments = (services, _) => new CacheAssignmentStore(
            create(services) ?? throw new InvalidOperationException($"Feature client '{_registration.Label}': {nameof(StoreAssignmentsInCache)} was given null in place of a key-value store. Give one, or leave the line out."),
            prefix);
        return this;
    }

    /// <summary>
    /// Keeps sticky assignments in a file over restarts, and shares them with the other processes of this machine. The file must be on a local disk, whose locks hold. It has
    /// one line of JSON for each assignment, is readable by its owner only, and holds units, which may be personal data. Beside it lies a lock file.
    /// </summary>
    /// <param name="path">The file, made where missing; a relative path starts at the host's content root, or without a host at <see cref="AppContext.BaseDirectory"/>.</param>
    public ProgressiveDeliveryBuilder StoreAssignmentsInFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _registration.Assignments = (services, options) => new FileAssignmentStore(
            BaseFolder.FullPath(services, path), options.Remembered, ClientAssembly.FilesOf(services), ClientAssembly.ClockOf(services));
        return this;
    }

    /// <summary>Sets the limits on sticky assignments, in memory and on their way to a store.</summary>
    /// <param name="configure">Sets the options.</param>
    public ProgressiveDeliveryBuilder ConfigureAssignments(Action<AssignmentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Sets the limits on sticky assignments, from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="AssignmentOptions"/>' members: <c>Remembered</c>, <c>ReadTimeout</c>…</param>
    public ProgressiveDeliveryBuilder ConfigureAssignments(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<AssignmentOptions>(_registration.OptionsName).BindOnce(section, static (from, assignments) => from.Bind(assignments));
        return this;
    }
}
