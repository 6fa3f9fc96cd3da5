using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Canary;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>The rollout of new snapshots over the instances of an application. Off by default.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>
    /// Lets the instances adopt a new snapshot of the source one after the other, and step back by themselves. The first snapshot after the start is adopted at once. One that waits shows
    /// in <see cref="FeatureClientStatus.Control"/>; <see cref="ISnapshotControl.ReleaseAsync"/> adopts it at once.
    /// </summary>
    /// <param name="configure">Sets the options: <c>adoption => adoption.BakeTime = TimeSpan.FromMinutes(30)</c>.</param>
    public ProgressiveDeliveryBuilder StageAdoption(Action<AdoptionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Lets the instances adopt a new snapshot one after the other, as configuration has it, which is read once; see <see cref="StageAdoption(Action{AdoptionOptions})"/>.</summary>
    /// <param name="section">The section with <see cref="AdoptionOptions"/>' members: <c>BakeTime</c>, <c>Limit</c>…</param>
    public ProgressiveDeliveryBuilder StageAdoption(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<AdoptionOptions>(_registration.OptionsName).BindOnce(section, static (from, adoption) => from.Bind(adoption));
        return this;
    }
}
