using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>A section without one of its keys, which the binder cannot read.</summary>
internal sealed class SectionWithout(IConfiguration section, string key) : IConfiguration
{
    // No key below the one that is left out.
    private const string Nothing = "(nothing)";

    public string? this[string name]
    {
        get => GetSection(name).Value;
        set => throw new NotSupportedException("The options' section is only read.");
    }

    public IEnumerable<IConfigurationSection> GetChildren() => section.GetChildren().Where(child => !IsLeftOut(child.Key));

    public IChangeToken GetReloadToken() => section.GetReloadToken();

    public IConfigurationSection GetSection(string name) => IsLeftOut(name) ? section.GetSection(name).GetSection(Nothing) : section.GetSection(name);

    private bool IsLeftOut(string name) => string.Equals(name, key, StringComparison.OrdinalIgnoreCase);
}
