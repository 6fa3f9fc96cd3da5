using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;

namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>
/// Renders its content only while a flag is on for the request, or serves a variant: <c>&lt;feature name="new-checkout"&gt;…&lt;/feature&gt;</c>. Hidden content does not run. The tag
/// itself is not rendered. Views see it after <c>@addTagHelper *, ProgressiveDelivery.Sdk.AspNetCore</c>.
/// </summary>
[HtmlTargetElement("feature", Attributes = NameAttribute)]
public sealed class FeatureTagHelper : TagHelper
{
    private const string NameAttribute = "name";

    /// <summary>The flag's key; case-sensitive. A flag that cannot be evaluated counts as off.</summary>
    [HtmlAttributeName(NameAttribute)]
    public string? Name { get; set; }

    /// <summary>The variant that the flag must serve; null, the default, if the flag must be on.</summary>
    public string? Variant { get; set; }

    /// <summary>True to render the content in the opposite case: <c>&lt;feature name="new-checkout" negate&gt;</c>. False by default.</summary>
    public bool Negate { get; set; }

    /// <summary>The view that renders the tag; set by MVC.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Renders the content, or nothing.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The name or the variant is empty, or the application does not serve requests.</exception>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (string.IsNullOrWhiteSpace(Name))
            throw new InvalidOperationException("A tag <feature> has an empty name. Give it the key of a flag: <feature name=\"new-checkout\">.");
        if (Variant is not null && string.IsNullOrWhiteSpace(Variant))
            throw new InvalidOperationException($"The tag <feature name=\"{Name}\"> has an empty variant. Give it the name of a variant, or leave the attribute out.");
        output.TagName = null;
        if (!FeatureGate.Of(Name, Variant, Negate).IsOpen(ViewContext.HttpContext))
            output.SuppressOutput();
    }
}
