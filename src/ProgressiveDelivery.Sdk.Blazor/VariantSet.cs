namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>The variants that have a content. Used by the components of one renderer, one at a time.</summary>
internal sealed class VariantSet
{
    private readonly Dictionary<Variant, string> _names = [];

    /// <summary>Called when the contents differ from those before.</summary>
    public event Action? Changed;

    /// <summary>Returns whether a variant has a content.</summary>
    public bool Contains(string? name) => name is not null && _names.ContainsValue(name);

    /// <summary>Adds a content, or changes its name.</summary>
    public void Set(Variant variant, string name)
    {
        if (_names.TryGetValue(variant, out var before) && before == name)
            return;
        _names[variant] = name;
        Changed?.Invoke();
    }

    /// <summary>Removes a content.</summary>
    public void Remove(Variant variant)
    {
        if (_names.Remove(variant))
            Changed?.Invoke();
    }
}
