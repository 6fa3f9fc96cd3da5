using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Blazor.Tests.Support;

/// <summary>A page of one visitor, with rules that a test changes.</summary>
internal sealed class Page : BunitContext
{
    private readonly InMemorySnapshotSource _source;
    private long _version = 1;

    public Page(params string[] flags)
        : this(static client => client.AddBlazor(), flags)
    {
    }

    public Page(Action<ProgressiveDeliveryBuilder> configure, params string[] flags)
    {
        _source = new(Rules.Document(_version, flags));
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddProgressiveDelivery(client => configure(client.From(_ => _source)));
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public IFeatureClient Features => Services.GetRequiredService<IFeatureClient>();

    /// <summary>Publishes other rules.</summary>
    public void Publish(params string[] flags) => _source.Set(Rules.Document(++_version, flags));

    /// <summary>Counts the subscriptions of components, on a page whose client is the same for all.</summary>
    public Subscriptions Count()
    {
        var registered = Services.Last(service => service.ServiceType == typeof(IFeatureClient) && !service.IsKeyedService);
        var subscriptions = Subscriptions.Make();
        Services.AddSingleton(provider => subscriptions.Of((IFeatureClient)registered.ImplementationFactory!(provider)));
        return subscriptions;
    }

    /// <summary>Renders a feature with a content for each state.</summary>
    public IRenderedComponent<Feature> RenderFeature(Action<ComponentParameterCollectionBuilder<Feature>> set) =>
        Render<Feature>(parameters => set(parameters.Add(feature => feature.Enabled, Text("on")).Add(feature => feature.Disabled, Text("off"))));

    /// <summary>Renders a feature with contents for its variants.</summary>
    public IRenderedComponent<Feature> RenderVariants(string flag, params string[] names) => RenderVariants(flag, Variants(names));

    /// <summary>Renders a feature with contents for its variants.</summary>
    public IRenderedComponent<Feature> RenderVariants(string flag, RenderFragment variants) => Render<Feature>(parameters => parameters
        .Add(feature => feature.Flag, flag)
        .Add(feature => feature.Variants, variants)
        .Add(feature => feature.Disabled, Text("other")));

    public static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    public static RenderFragment Variants(params string[] names) => builder =>
    {
        foreach (var name in names)
            AddVariant(builder, name, () => { });
    };

    /// <summary>Two variants; each rendering of a content is counted.</summary>
    public static RenderFragment Variants(string first, string second, Action onRender) => builder =>
    {
        AddVariant(builder, first, onRender);
        AddVariant(builder, second, onRender);
    };

    /// <summary>Waits until a component shows a text.</summary>
    public static void Shows<T>(IRenderedComponent<T> component, string text)
        where T : IComponent => component.WaitForAssertion(() => component.Markup.Should().Be(text), Until.Patience);

    private static void AddVariant(RenderTreeBuilder builder, string name, Action onRender)
    {
        builder.OpenComponent<Variant>(0);
        builder.SetKey(name);
        builder.AddComponentParameter(1, nameof(Variant.Name), name);
        builder.AddComponentParameter(2, nameof(Variant.ChildContent), (RenderFragment)(content =>
        {
            onRender();
            content.AddContent(0, $"[{name}]");
        }));
        builder.CloseComponent();
    }
}
