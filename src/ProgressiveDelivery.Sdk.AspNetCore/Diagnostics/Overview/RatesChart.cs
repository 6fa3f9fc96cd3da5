using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Draws the evaluations per second of this process.</summary>
internal static class RatesChart
{
    private const double Height = 86;

    private static TimeSpan MaxGap { get; } = TimeSpan.FromMinutes(1);

    public static void Write(HtmlWriter html, ScreenContext page)
    {
        var rates = page.Site.Rates;
        using (html.Card("Evaluations per second", "rates", aside: rates.Count > 0 ? $"this process · {Numbers.Count((long)Math.Round(rates[^1].PerSecond))} now" : "this process"))
        {
            if (rates.Count < 2)
            {
                html.Element("p", "empty", "No samples yet.");
                return;
            }

            using (html.Element("div", ("class", "card-body")))
            using (html.Element("div", ("class", "rates")))
                Draw(html, rates, Top(rates.Max(static rate => rate.PerSecond)));
        }
    }

    /// <summary>Returns the end of the axis: the next 1, 2 or 5 with zeros.</summary>
    public static double Top(double max)
    {
        if (!(max > 1))
            return 1;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(max)));
        return max <= unit ? unit : max <= 2 * unit ? 2 * unit : max <= 5 * unit ? 5 * unit : 10 * unit;
    }

    private static void Draw(HtmlWriter html, IReadOnlyList<(DateTimeOffset At, double PerSecond)> rates, double top)
    {
        WriteAxis(html, top);
        using (html.Element("svg", ("class", "plot"), ("role", "img"), ("aria-label", Sentence(rates))))
        {
            html.Line("grid", 0, 4, 1, 4);
            html.Line("grid", 0, 4 + (Height - 8) / 2, 1, 4 + (Height - 8) / 2);
            using (html.Stretched(Height))
            {
                foreach (var run in Runs(rates))
                {
                    html.Path("area", PathOf(run, rates, top, isArea: true));
                    html.Path("line", PathOf(run, rates, top, isArea: false));
                }
            }

            html.Line("zero", 0, Height - 4, 1, Height - 4);
        }

        using (html.Element("div", ("class", "xs")))
        {
            for (var i = 0; i < 4; i++)
            {
                var at = rates[0].At + (rates[^1].At - rates[0].At) * (i / 3.0);
                using (html.Element("span", ("data-time", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))))
                    html.Text(at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));
            }
        }
    }

    private static void WriteAxis(HtmlWriter html, double top)
    {
        using (html.Element("div", ("class", "ys"), ("aria-hidden", "true")))
        using (html.Element("svg"))
        {
            html.Label("y", "44", 8, Numbers.Count((long)top));
            html.Label("y", "44", Height / 2 + 4, top >= 2 ? Numbers.Count((long)(top / 2)) : "0.5");
            html.Label("y", "44", Height, "0");
        }
    }

    // A process that slept has no rates for that time: a gap, no slope.
    private static IEnumerable<List<(DateTimeOffset At, double PerSecond)>> Runs(IReadOnlyList<(DateTimeOffset At, double PerSecond)> rates)
    {
        var run = new List<(DateTimeOffset At, double PerSecond)>();
        foreach (var rate in rates)
        {
            if (run.Count > 0 && rate.At - run[^1].At > MaxGap)
            {
                yield return run;
                run = [];
            }

            run.Add(rate);
        }

        yield return run;
    }

    private static string PathOf(List<(DateTimeOffset At, double PerSecond)> run, IReadOnlyList<(DateTimeOffset At, double PerSecond)> all, double top, bool isArea)
    {
        var (start, span) = (all[0].At, Math.Max((all[^1].At - all[0].At).TotalSeconds, 1e-3));
        var path = new StringBuilder();
        foreach (var (at, perSecond) in run)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{X(at):0.##} {Height - 4 - Math.Clamp(perSecond / top, 0, 1) * (Height - 8):0.#}");
        if (isArea)
            path.Append(CultureInfo.InvariantCulture, $"L{X(run[^1].At):0.##} {Height - 4}L{X(run[0].At):0.##} {Height - 4}Z");
        return path.ToString();

        double X(DateTimeOffset at) => Math.Clamp((at - start).TotalSeconds / span, 0, 1) * 100;
    }

    private static string Sentence(IReadOnlyList<(DateTimeOffset At, double PerSecond)> rates) =>
        $"{Numbers.Count((long)Math.Round(rates.Min(static rate => rate.PerSecond)))} to {Numbers.Count((long)Math.Round(rates.Max(static rate => rate.PerSecond)))} evaluations per second " +
        $"in {Times.Duration(rates[^1].At - rates[0].At)}; {Numbers.Count((long)Math.Round(rates[^1].PerSecond))} now.";
}
