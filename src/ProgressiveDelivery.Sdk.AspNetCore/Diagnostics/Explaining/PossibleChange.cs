using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>One thing that would change an answer.</summary>
/// <param name="Subject">What has to change, such as the name of a rule; null for none.</param>
/// <param name="Words">How it has to change.</param>
/// <param name="Variant">What the context would get then; null if that is not known.</param>
internal sealed record PossibleChange(string? Subject, string Words, string? Variant = null)
{
    public void Write(HtmlWriter html)
    {
        using (html.Element("li"))
        {
            if (Subject is not null)
            {
                using (html.Element("strong"))
                    html.Name(Subject);
                html.Text(" ");
            }

            html.Words(SafeText.Cut(Variant is null ? Words : Words.TrimEnd('.'), 600));
            if (Variant is null)
                return;
            html.Text(": then ");
            html.Chip(Variant);
        }
    }
}
