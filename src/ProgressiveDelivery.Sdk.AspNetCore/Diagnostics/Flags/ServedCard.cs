using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes what a flag served in the last minute, by variant and by reason.</summary>
internal static class ServedCard
{
    private const int MaxVariants = 20;

    public static void Write(HtmlWriter html, FlagView flag, ServedMinute minute)
    {
        using (html.Card("Served", "flag-served", aside: minute.Title))
        using (html.Element("div", ("class", "card-body")))
        {
            if (flag.Served.Total == 0)
            {
                html.Element("p", "flags-muted", minute.Span == TimeSpan.Zero ? "Served: counting has begun." : $"Served: not evaluated in the {minute.Title}.");
                return;
            }

            foreach (var variant in flag.Slots.All.Take(MaxVariants))
                WriteVariant(html, flag, variant);
            if (flag.Slots.All.Count > MaxVariants)
                html.Element("p", "note", $"{flag.Slots.All.Count - MaxVariants} more variants are not shown.");
            var (known, fallback) = (flag.Slots.All.Sum(flag.Served.Of), flag.Served.Of(null));
            if (flag.Served.Total - known - fallback is > 0 and var gone)
                WriteRow(html, () => html.Text(ServedBar.Gone), "f5", gone, flag.Served.Total);
            if (fallback > 0)
                WriteRow(html, () => { html.Element("span", "flags-fallback-mark", ""); html.Text(Marks.Fallback); }, "flags-fallback", fallback, flag.Served.Total);
            html.Element("p", "note", "Reasons: " + string.Join(" · ", flag.Served.ByReason.Select(static reason => $"{reason.Reason} {Numbers.Count(reason.Count)}")));
        }
    }

    private static void WriteVariant(HtmlWriter html, FlagView flag, string variant)
    {
        var role = flag.Reverted is { } trip && trip.Variant == variant ? "reverted" : flag.Slots.All[0] == variant && flag.Slots.All.Count > 1 ? "control" : null;
        WriteRow(html, () =>
        {
            html.Variant(flag.Slots, variant, isCode: true);
            if (role is not null)
                html.Element("span", "sub", role);
        }, "f" + VariantMark.Digit(flag.Slots[variant]), flag.Served.Of(variant), flag.Served.Total);
    }

    private static void WriteRow(HtmlWriter html, Action name, string cssClass, long count, long total)
    {
        var share = count / (double)total;
        using (html.Element("div", ("class", "flags-served-row")))
        {
            using (html.Element("span", ("class", "flags-shares-name")))
                name();
            using (html.Element("span", ("class", "flags-count")))
            {
                html.Text(Numbers.Count(count));
                html.Element("span", "sub", " · " + Marks.Share(share));
            }

            using (html.Element("svg", ("class", "flags-bar"), ("width", "100%"), ("height", "6"), ("aria-hidden", "true")))
            {
                html.Empty("rect", ("class", "flags-track"), ("width", "100%"), ("height", "6"), ("rx", "3"));
                if (count > 0)
                    html.Empty("rect", ("class", cssClass), ("width", Shapes.Percent(Math.Max(0.008, share))), ("height", "6"), ("rx", "3"));
            }
        }
    }
}
