using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>Guards that the application brings itself.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>
    /// Adds a guard to a flag, for backends whose snapshots have none, or for what only the application knows. It is checked, with all other options, when the client is made; a
    /// guard of the snapshot with the same id takes its place. While the snapshot lacks the flag or a variant that it names, it watches nothing, which is logged once.
    /// A guard that pauses affects rollouts with steps; one with a fixed percentage can be paused by a guard of the snapshot alone.
    /// </summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="guard">The guard.</param>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="guard"/> is null.</exception>
    public ProgressiveDeliveryBuilder AddGuard(string flag, GuardDefinition guard)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        ArgumentNullException.ThrowIfNull(guard);
        _registration.Guards.Add((flag, guard));
        return this;
    }
}
