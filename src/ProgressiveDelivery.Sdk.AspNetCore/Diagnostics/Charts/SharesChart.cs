namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;

/// <summary>Draws shares of bad outcomes, each with its interval, and the limit dashed.</summary>
internal static class SharesChart
{
    private const double RowHeight = 30;

    private static readonly double[] Steps = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

    /// <summary>Draws the chart.</summary>
    /// <param name="html">The page.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="limit">The share allowed; null if it depends on the other variant, or is not known.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<ShareRow> rows, double? limit)
    {
        var reach = Math.Min(1, 1.15 * rows.Select(static row => row.Share?.High ?? 0).Append(limit ?? 0).Append(0.001).Max(static share => double.IsFinite(share) ? share : 0));
        using (html.Element("div", ("class", "flags-shares"), ("role", "img"), ("aria-label", Sentence(rows, limit))))
        {
            foreach (var row in rows)
                Row(html, row, reach, limit);
            using (html.Element("svg", ("class", "flags-shares-axis"), ("width", "100%"), ("height", "20"), ("aria-hidden", "true")))
            {
                foreach (var tick in Ticks(reach))
                {
                    using (html.At(tick / reach, 14))
                        html.Label(tick == 0 ? "flags-tick" : tick / reach > 0.93 ? "flags-tick end" : "flags-tick mid", tick / reach > 0.93 ? "6" : "0", 0, tick == 0 ? "0" : Numbers.Level(tick));
                }
            }
        }
    }

    /// <summary>Returns the chart in one sentence.</summary>
    public static string Sentence(IReadOnlyList<ShareRow> rows, double? limit) =>
        string.Join(" ", rows.Select(static row => row.Share is { } share
            ? $"{SafeText.Cut(row.Name, 40)}: {Numbers.Rate(share.Estimate)}, 95 % interval {Numbers.Rate(share.Low)} to {Numbers.Rate(share.High)}."
            : $"{SafeText.Cut(row.Name, 40)}: no outcomes.")) + (limit is { } allowed ? $" Allowed are {Numbers.Level(allowed)}." : "");

    private static void Row(HtmlWriter html, ShareRow row, double reach, double? limit)
    {
        using (html.Element("span", ("class", "flags-shares-name"), ("aria-hidden", "true")))
        {
            VariantMark.Inline(html, row.Slot);
            html.Name(row.Name, maxLength: 40);
        }

        using (html.Element("svg", ("class", "flags-shares-line"), ("width", "100%"), ("height", Shapes.Px(RowHeight)), ("aria-hidden", "true")))
        {
            html.Line("flags-grid", 0, RowHeight / 2, 1, RowHeight / 2);
            if (limit is { } allowed)
                html.Line("flags-limit", allowed / reach, 0, allowed / reach, RowHeight);
            if (row.Share is { } share)
                Interval(html, share, reach, row.Slot);
        }

        using (html.Element("span", ("class", "flags-shares-value"), ("aria-hidden", "true")))
        {
            html.Element("strong", null, Numbers.Rate(row.Share?.Estimate));
            html.Text(row.Outcomes == 0 ? " · no outcomes" : $" · {Numbers.Count(row.Bad)} of {Numbers.Count(row.Outcomes)}");
        }
    }

    private static void Interval(HtmlWriter html, ShareInterval share, double reach, int slot)
    {
        var (low, high, at) = (Place(share.Low, reach), Place(share.High, reach), Place(share.Estimate, reach));
        html.Empty("rect", ("class", "flags-interval f" + VariantMark.Digit(slot)), ("x", Shapes.Percent(low)), ("y", Shapes.Px(RowHeight / 2 - 4)), ("width", Shapes.Percent(Math.Max(0, high - low))), ("height", "8"));
        html.Line("curve s" + VariantMark.Digit(slot), low, RowHeight / 2, high, RowHeight / 2);
        using (html.At(at, RowHeight / 2))
            VariantMark.Draw(html, slot);
    }

    private static double Place(double share, double reach) => double.IsFinite(share) ? Math.Clamp(share / reach, 0, 1) : 0;

    private static IEnumerable<double> Ticks(double reach)
    {
        var step = Steps.FirstOrDefault(step => reach / step <= 4, Steps[^1]);
        for (var tick = 0; tick * step <= reach; tick++)
            yield return tick * step;
    }
}
