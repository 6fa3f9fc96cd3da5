using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The sections that a container's options are read from. One may lie in another, as <c>Flags:Http</c> does in <c>Flags</c>.</summary>
internal sealed class BoundSections
{
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the sections of a container, and adds one.</summary>
    public static BoundSections Of(IServiceCollection services, IConfiguration section)
    {
        var sections = services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<BoundSections>().FirstOrDefault();
        if (sections is null)
            services.AddSingleton(sections = new());
        lock (sections._paths)
            sections._paths.Add(PathOf(section));
        return sections;
    }

    /// <summary>Returns whether this section is one of them.</summary>
    public bool Has(string path)
    {
        lock (_paths)
            return _paths.Contains(path);
    }

    /// <summary>Returns whether one of them lies in this section.</summary>
    public bool HasBelow(string path)
    {
        var start = path + ConfigurationPath.KeyDelimiter;
        lock (_paths)
            return _paths.Any(other => other.StartsWith(start, StringComparison.OrdinalIgnoreCase));
    }

    private static string PathOf(IConfiguration section) => (section as IConfigurationSection)?.Path ?? "";
}
