namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;

/// <summary>Draws the share of units of each variant of an experiment over a gray band: what chance allows around the plan.</summary>
internal static class SplitChart
{
    // The two-sided 99.9 % of a normal distribution.
    private const double Sigmas = 3.3;

    private const double RowHeight = 26;

    /// <summary>Draws the chart, with the numbers beside each bar.</summary>
    public static void Write(HtmlWriter html, ExperimentHealth experiment)
    {
        var total = experiment.Variants.Sum(static variant => variant.Units);
        using (html.Element("div", ("class", "flags-split"), ("role", "img"), ("aria-label", Sentence(experiment))))
        {
            var slot = 0;
            foreach (var variant in experiment.Variants)
                Row(html, variant, Math.Min(slot++, 5), total);
        }
    }

    /// <summary>Returns the chart in one sentence.</summary>
    public static string Sentence(ExperimentHealth experiment)
    {
        var total = experiment.Variants.Sum(static variant => variant.Units);
        var shares = string.Join(", ", experiment.Variants.Take(10).Select(variant => $"{SafeText.Cut(variant.Variant, 40)} {(total == 0 ? "no unit" : Numbers.Rate(variant.Units / (double)total))} of planned {Numbers.Level(variant.ExpectedShare)}"));
        return shares + (experiment.Hint switch
        {
            ExperimentHint.Mismatch => "; the shares contradict the plan.",
            ExperimentHint.NoMismatch => "; within chance.",
            _ => "; not tested.",
        });
    }

    /// <summary>Returns the shares that chance allows around a planned one.</summary>
    public static (double Low, double High) Chance(double planned, long total)
    {
        var reach = total == 0 ? 0 : Sigmas * Math.Sqrt(Math.Max(0, planned * (1 - planned)) / total);
        return (Math.Clamp(planned - reach, 0, 1), Math.Clamp(planned + reach, 0, 1));
    }

    private static void Row(HtmlWriter html, ExperimentVariantHealth variant, int slot, long total)
    {
        var share = total == 0 ? 0 : variant.Units / (double)total;
        var (low, high) = Chance(variant.ExpectedShare, total);
        using (html.Element("span", ("class", "flags-shares-name"), ("aria-hidden", "true")))
        {
            VariantMark.Inline(html, slot);
            html.Name(variant.Variant, maxLength: 40);
        }

        using (html.Element("svg", ("class", "flags-shares-line"), ("width", "100%"), ("height", Shapes.Px(RowHeight)), ("aria-hidden", "true")))
        {
            html.Empty("rect", ("class", "flags-track"), ("x", "0"), ("y", "8"), ("width", "100%"), ("height", "10"), ("rx", "2"));
            html.Empty("rect", ("class", "f" + VariantMark.Digit(slot)), ("x", "0"), ("y", "8"), ("width", Shapes.Percent(share)), ("height", "10"), ("rx", "2"));
            html.Empty("rect", ("class", "flags-chance"), ("x", Shapes.Percent(low)), ("y", "3"), ("width", Shapes.Percent(Math.Max(0.002, high - low))), ("height", "20"));
            html.Line("flags-plan", variant.ExpectedShare, 1, variant.ExpectedShare, 25);
        }

        using (html.Element("span", ("class", "flags-shares-value"), ("aria-hidden", "true")))
        {
            html.Element("strong", null, total == 0 ? Numbers.Missing : Numbers.Rate(share));
            html.Text($" · {Numbers.Count(variant.Units)} units, plan {Numbers.Level(variant.ExpectedShare)}");
        }
    }
}
