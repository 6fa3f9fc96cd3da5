using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Draws what a flag served as one bar of at most six parts, with its legend.</summary>
internal static class ServedBar
{
    /// <summary>The name of variants that the flag has no more.</summary>
    public const string Gone = "variants that are gone";

    private const double Gap = 0.008;

    // 2 px of the narrowest bar.
    private const double MinPart = 0.008;

    /// <summary>Writes the bar and the legend; says so if there is nothing to draw.</summary>
    public static void Write(HtmlWriter html, FlagView flag, ServedMinute minute)
    {
        var parts = Parts(flag);
        if (parts.Count == 0 || (flag.Info.Defect is not null && parts.All(static part => part.Slot < 0)))
        {
            html.Element("p", "flags-legend", flag.Info.Defect is not null ? Marks.Fallback : minute.Span == TimeSpan.Zero ? "counting has begun" : "not evaluated in the " + minute.Title);
            return;
        }

        Draw(html, parts);
        using (html.Element("ul", ("class", "flags-legend")))
        {
            foreach (var part in parts)
                Legend(html, part);
        }
    }

    /// <summary>Returns the parts: the variants that were served, those without a mark of their own as one, and the caller's fallback.</summary>
    public static IReadOnlyList<(string Name, int Slot, double Share, long Count)> Parts(FlagView flag)
    {
        var (slots, total) = (flag.Slots, flag.Served.Total);
        if (total == 0)
            return [];
        var parts = slots.Shown.Select(variant => (Name: variant, Slot: slots[variant], Count: flag.Served.Of(variant))).ToList();
        var fallback = flag.Served.Of(null);
        var others = total - fallback - parts.Sum(static part => part.Count);
        parts.Add((slots.FoldsOthers ? "other variants" : Gone, 5, others));
        parts.Add((Marks.Fallback, -1, fallback));
        return [.. parts.Where(static part => part.Count > 0).Select(part => (part.Name, part.Slot, part.Count / (double)total, part.Count))];
    }

    private static void Draw(HtmlWriter html, IReadOnlyList<(string Name, int Slot, double Share, long Count)> parts)
    {
        var room = 1 - Gap * (parts.Count - 1);
        var widths = parts.Select(part => Math.Max(MinPart, part.Share * room)).ToArray();
        var largest = Array.IndexOf(widths, widths.Max());
        widths[largest] -= widths.Sum() - room;
        using (html.Element("svg", ("class", "flags-bar"), ("width", "100%"), ("height", "12"), ("aria-hidden", "true")))
        {
            var x = 0.0;
            for (var i = 0; i < parts.Count; i++)
            {
                html.Empty("rect", ("class", parts[i].Slot < 0 ? "flags-fallback" : "f" + VariantMark.Digit(parts[i].Slot)), ("x", Shapes.Percent(x)), ("width", Shapes.Percent(widths[i])), ("height", "12"), ("rx", "2"));
                x += widths[i] + Gap;
            }
        }
    }

    private static void Legend(HtmlWriter html, (string Name, int Slot, double Share, long Count) part)
    {
        using (html.Element("li"))
        {
            if (part.Slot < 0)
                html.Element("span", "flags-fallback-mark", "");
            else
                VariantMark.Inline(html, part.Slot);
            html.Name(part.Name, maxLength: 60);
            html.Text(" " + Marks.Share(part.Share));
        }
    }
}
