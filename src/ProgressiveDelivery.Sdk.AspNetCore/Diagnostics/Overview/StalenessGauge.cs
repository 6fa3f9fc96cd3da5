using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Draws the time since the last confirmation against the time allowed: from 0 to 1.43 of it, with a tick there.</summary>
internal static class StalenessGauge
{
    private const double Tick = 0.7;

    public static void Write(HtmlWriter html, TimeSpan age, TimeSpan? allowed)
    {
        html.Element("p", "note", "Since the last confirmation");
        html.Element("p", "gauge-figure", Times.Age(age));
        if (allowed is not { } limit || limit <= TimeSpan.Zero)
        {
            html.Element("p", "note", "no limit declared");
            return;
        }

        using (html.Element("svg", ("class", "gauge"), ("role", "img"), ("aria-label", $"{Times.Age(age)}; {Times.Duration(limit)} allowed")))
        {
            Bar(html, "track", 0, 1);
            var share = Math.Min(age / limit * Tick, 1);
            if (share <= Tick)
            {
                Bar(html, "within", 0, Math.Max(share, 0.02));
            }
            else
            {
                Bar(html, "spent", 0, Tick);
                Bar(html, "over", Tick, share);
            }

            html.Empty("rect", ("class", "tick"), ("x", Shapes.Percent(Tick)), ("y", "2"), ("width", "2"), ("height", "16"));
        }

        html.Element("p", "note gauge-label", Times.Duration(limit) + " allowed");
    }

    private static void Bar(HtmlWriter html, string cssClass, double from, double to) =>
        html.Empty("rect", ("class", cssClass), ("x", Shapes.Percent(from)), ("y", "6"), ("width", Shapes.Percent(to - from)), ("height", "8"), ("rx", "4"));
}
