using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>The content for one variant, inside the <see cref="Feature.Variants"/> of a <see cref="Feature"/>.</summary>
public sealed class Variant : ComponentBase, IDisposable
{
    private VariantSet? _listed;

    /// <summary>The variant's name; case-sensitive. Required.</summary>
    [Parameter]
    [EditorRequired]
    public string? Name { get; set; }

    /// <summary>The content while the flag serves the variant.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private ServedVariant? Served { get; set; }

    /// <summary>Takes the content off the list of its feature.</summary>
    public void Dispose() => _listed?.Remove(this);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (string.IsNullOrEmpty(Name))
            throw new InvalidOperationException("<Variant> has no name. Give the variant's name, as Name=\"red\".");
        if (Served is null)
            throw new InvalidOperationException($"<Variant> '{Name}' is not inside the <Variants> of a <Feature>. Put it there.");
        _listed = Served.Listed;
        _listed.Set(this, Name);
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Served?.Name == Name)
            builder.AddContent(0, ChildContent);
    }
}
