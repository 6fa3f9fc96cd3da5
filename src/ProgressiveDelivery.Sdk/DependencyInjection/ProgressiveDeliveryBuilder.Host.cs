using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>
/// The facts about this process, which rules see as the context kind <c>host</c> where a context has none of its own. Each call adds facts; of one that is given twice, the
/// last value counts.
/// </content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>Adds, replaces or removes facts about this process.</summary>
    /// <param name="configure">Sets the facts: <c>host => host.Facts["region"] = "west-europe"</c>.</param>
    public ProgressiveDeliveryBuilder DescribeHost(Action<HostContextOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Adds, replaces or removes facts about this process, from configuration, read once.</summary>
    /// <param name="section">The section with <see cref="HostContextOptions"/>' member: <c>Facts</c>, an object of names and texts.</param>
    public ProgressiveDeliveryBuilder DescribeHost(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddOptions<HostContextOptions>(_registration.OptionsName).BindOnce(section, static (from, host) => from.Bind(host));
        return this;
    }
}
