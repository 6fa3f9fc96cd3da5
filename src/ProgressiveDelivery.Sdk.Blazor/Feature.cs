using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>Shows what a flag allows the visitor, and changes with it.</summary>
/// <example>
/// <code>
/// &lt;Feature Flag="checkout"&gt;…&lt;/Feature&gt;
///
/// &lt;Feature Flag="color"&gt;
///     &lt;Variants&gt;
///         &lt;Variant Name="red"&gt;…&lt;/Variant&gt;
///         &lt;Variant Name="blue"&gt;…&lt;/Variant&gt;
///     &lt;/Variants&gt;
///     &lt;Disabled&gt;…&lt;/Disabled&gt;
/// &lt;/Feature&gt;
/// </code>
/// </example>
/// <remarks>Its fragments have no <c>context</c>, so that they nest. <see cref="FeatureValue{TValue}"/> gives the evaluation to its content.</remarks>
public sealed class Feature : FeatureComponent
{
    private readonly VariantSet _variants = new();
    private FeatureFlag<bool>? _flag;
    private ServedVariant? _served;
    private JsonValueKind _kind;
    private bool _isOn;

    /// <summary>The flag's key; case-sensitive. Give it or <see cref="For"/>.</summary>
    [Parameter]
    public string? Flag { get; set; }

    /// <summary>The flag, declared in code; its fallback counts. Give it or <see cref="Flag"/>.</summary>
    [Parameter]
    public FeatureFlag<bool>? For { get; set; }

    /// <summary>The variant that counts as enabled, for a flag of any type; null, the default, for the value of a boolean flag.</summary>
    [Parameter]
    public string? Variant { get; set; }

    /// <summary>Exchanges enabled and disabled; false by default.</summary>
    [Parameter]
    public bool Negate { get; set; }

    /// <summary>The content if the flag is enabled; the same as <see cref="Enabled"/>.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The content if the flag is enabled; nothing by default.</summary>
    [Parameter]
    public RenderFragment? Enabled { get; set; }

    /// <summary>The content if the flag is not enabled, or serves none of the <see cref="Variants"/>; nothing by default.</summary>
    [Parameter]
    public RenderFragment? Disabled { get; set; }

    /// <summary>The contents for several variants, each a <see cref="Blazor.Variant"/>: the one that the flag serves is shown.</summary>
    [Parameter]
    public RenderFragment? Variants { get; set; }

    private protected override object Subject => IsByVariant ? (Key, _kind) : _flag!;

    private string Key => For?.Key ?? Flag!;

    private bool IsByVariant => Variants is not null || Variant is not null;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!IsAnswered)
            return;
        if (Variants is not null)
            BuildVariants(builder);
        else if (_isOn)
            builder.AddContent(0, Enabled ?? ChildContent);
        else
            builder.AddContent(1, Disabled);
    }

    private protected override void Check()
    {
        if (string.IsNullOrEmpty(Flag) && For is null)
            throw new InvalidOperationException("<Feature> has no flag. Give its key, as Flag=\"checkout\", or a declared flag, as For=\"Flags.Checkout\".");
        if (Flag is not null && For is not null)
            throw Fault("has both Flag and For. Leave one of the two out.");
        if (Enabled is not null && ChildContent is not null)
            throw Fault("has both Enabled and content of its own. Put all of it into <Enabled>.");
        if (Variant is { Length: 0 })
            throw Fault("has an empty Variant. Give the variant's name, or leave it out.");
        if (Variants is not null && (Variant is not null || Negate || Enabled is not null || ChildContent is not null))
            throw Fault("has Variants, which show one of several contents, beside Variant, Negate, Enabled or content of its own. Leave these out; <Disabled> is shown when no listed variant is served.");
    }

    private protected override bool Evaluate()
    {
        if (!IsByVariant)
        {
            var flag = _flag = Declared();
            var isEnabled = EvaluationContext is { } context ? Features.IsEnabled(flag, context) : Features.IsEnabled(flag);
            return Become(isEnabled != Negate, served: null);
        }

        var evaluation = Features.EvaluateUntyped(Key, AnsweredContext);
        _kind = evaluation.Value.ValueKind;
        return Variants is null
            ? Become((evaluation.Variant == Variant) != Negate, served: null)
            : Become(isOn: false, new(evaluation.Variant, _variants));
    }

    private protected override IDisposable Subscribe(EvaluationContext context, IFeatureSnapshot? rules, Action changed) => IsByVariant
        ? VariantSubscription.Begin(Features, Key, _kind, context, rules, changed)
        : Features.OnChange(_flag!, context, _ => changed());

    // The same object for the same flag, so that it is not followed anew.
    private FeatureFlag<bool> Declared() => For ?? (_flag is { } flag && flag.Key == Flag ? flag : new(Flag!, fallback: false));

    private bool Become(bool isOn, ServedVariant? served)
    {
        var isSame = (isOn, served) == (_isOn, _served);
        if (!isSame)
            (_isOn, _served) = (isOn, served);
        return !isSame;
    }

    // The last one is rendered after the variants, when it is known which of them there are.
    private void BuildVariants(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<ServedVariant>>(2);
        builder.AddComponentParameter(3, nameof(CascadingValue<ServedVariant>.Value), _served);
        builder.AddComponentParameter(4, nameof(CascadingValue<ServedVariant>.ChildContent), Variants);
        builder.CloseComponent();
        builder.OpenComponent<OtherVariant>(5);
        builder.AddComponentParameter(6, nameof(OtherVariant.Served), _served);
        builder.AddComponentParameter(7, nameof(OtherVariant.ChildContent), Disabled);
        builder.CloseComponent();
    }

    private InvalidOperationException Fault(string fault) => new($"<Feature> of flag '{Key}' {fault}");
}
