using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>
/// Renders its content once the visitor is known, so that components inside it can ask the injected <see cref="IFeatureClient"/> without a context. Put it around the router.
/// <see cref="Feature"/> and <see cref="FeatureValue{TValue}"/> do not need it.
/// </summary>
public sealed class FeatureProvider : ComponentBase, IDisposable
{
    private PersistingComponentStateSubscription? _persisting;
    private FeatureCircuit? _circuit;
    private bool _isBegun;

    /// <summary>The content.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The services of the scope. Set by Blazor.</summary>
    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    /// <summary>Stops taking part in what a prerendered page hands on.</summary>
    public void Dispose() => _persisting?.Dispose();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _circuit = Services.GetService<FeatureCircuit>()
            ?? throw new InvalidOperationException("<FeatureProvider> has no visitor to provide. Register it: services.AddProgressiveDelivery(flags => flags.AddBlazor()…).");
        _persisting = Services.GetService<PersistentComponentState>()?.RegisterOnPersisting(PersistAsync);
        await _circuit.BeginAsync().ConfigureAwait(true);
        _isBegun = true;
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (_isBegun)
            builder.AddContent(0, ChildContent);
    }

    // A method of the component, since Blazor takes from it whether the page goes on in a circuit or in the browser.
    private Task PersistAsync() => _circuit!.PersistAsync();
}
