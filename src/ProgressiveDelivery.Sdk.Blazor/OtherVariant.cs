using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>The content while a flag serves none of the variants that have a content of their own.</summary>
internal sealed class OtherVariant : ComponentBase, IDisposable
{
    private VariantSet? _listed;

    /// <summary>The variant that the flag serves.</summary>
    [Parameter]
    public ServedVariant Served { get; set; } = null!;

    /// <summary>The content.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    public void Dispose()
    {
        if (_listed is not null)
            _listed.Changed -= StateHasChanged;
    }

    protected override void OnParametersSet()
    {
        if (_listed is not null)
            return;
        _listed = Served.Listed;
        _listed.Changed += StateHasChanged;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (!Served.Listed.Contains(Served.Name))
            builder.AddContent(0, ChildContent);
    }
}
