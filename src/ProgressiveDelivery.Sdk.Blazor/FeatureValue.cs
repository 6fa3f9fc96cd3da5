using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>Gives the answer of a declared flag to its content, and renders it again when the value changes.</summary>
/// <typeparam name="TValue">The flag's type.</typeparam>
/// <example>
/// <code>
/// &lt;FeatureValue Flag="Flags.Banner"&gt;@context.Value&lt;/FeatureValue&gt;
/// </code>
/// </example>
public sealed class FeatureValue<TValue> : FeatureComponent
{
    private Evaluation<TValue> _evaluation;

    /// <summary>The flag. Required.</summary>
    [Parameter]
    [EditorRequired]
    public FeatureFlag<TValue>? Flag { get; set; }

    /// <summary>The content, which gets the evaluation: value, variant and reason.</summary>
    [Parameter]
    public RenderFragment<Evaluation<TValue>>? ChildContent { get; set; }

    private protected override object Subject => Flag!;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (IsAnswered && ChildContent is not null)
            builder.AddContent(0, ChildContent(_evaluation));
    }

    private protected override void Check()
    {
        if (Flag is null)
            throw new InvalidOperationException("<FeatureValue> has no flag. Give a declared flag, as Flag=\"Flags.Banner\".");
    }

    private protected override bool Evaluate()
    {
        var before = _evaluation;
        _evaluation = EvaluationContext is { } context ? Features.Evaluate(Flag!, context) : Features.Evaluate(Flag!);
        return before.Variant != _evaluation.Variant || !EqualityComparer<TValue>.Default.Equals(before.Value, _evaluation.Value);
    }

    private protected override IDisposable Subscribe(EvaluationContext context, IFeatureSnapshot? rules, Action changed) =>
        Features.OnChange(Flag!, context, _ => changed());
}
