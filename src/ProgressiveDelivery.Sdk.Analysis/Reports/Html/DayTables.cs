using ProgressiveDelivery.Sdk.Analysis.Reports.Charts;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the numbers of the charts over days as tables in a closed part, with all variants, also those that the charts fold.</summary>
internal static class DayTables
{
    public static void Write(HtmlWriter html, ExperimentReport report, ReportSeries series)
    {
        if (series.IsEmpty)
            return;
        using (html.Element("section", ("class", "card slim"), ("aria-label", "Numbers of each day")))
        using (html.Element("details"))
        {
            html.Element("summary", null, "The numbers of each day as tables");
            Units(html, report, series);
            if (report.ShowsEffects && report.Primary.Effects.Any(effect => effect.ByDay.Count > 0))
                Changes(html, report, series);
        }
    }

    private static void Units(HtmlWriter html, ExperimentReport report, ReportSeries series)
    {
        var data = report.Data.Variants.ToDictionary(variant => variant.Variant, variant => variant.UnitsByDay, StringComparer.Ordinal);
        Table(html, $"{Words.Capitalized(report.Plan.UnitsName)} and their share", report.Plan.Variants.Select(variant => variant.Title), series.Days, index => report.Plan.Variants.Select(variant =>
        {
            var units = data.TryGetValue(variant.Key, out var days) ? days.GetValueOrDefault(series.Days[index]) : 0;
            return series.TotalsByDay[index] == 0 ? Numbers.Count(units) : $"{Numbers.Count(units)} ({Numbers.Rate((double)units / series.TotalsByDay[index])})";
        }));
    }

    private static void Changes(HtmlWriter html, ExperimentReport report, ReportSeries series) =>
        Table(html, $"{report.Primary.Metric.Title}: change so far", report.Primary.Effects.Select(effect => report.TitleOf(effect.Variant)), series.Days, index => report.Primary.Effects.Select(effect =>
            effect.ByDay.TryGetValue(series.Days[index], out var change) ? $"{Numbers.Change(change.Estimate)} ({IntervalDrawing.Range(change)})" : Numbers.Missing));

    // A wide table scrolls within itself, and the keyboard reaches it.
    private static void Table(HtmlWriter html, string title, IEnumerable<string> columns, IReadOnlyList<DateOnly> days, Func<int, IEnumerable<string>> cells)
    {
        using (html.Element("h3"))
            html.Name(title);
        using (html.Element("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Table: " + SafeText.Cut(title))))
        using (html.Element("table", ("class", "days")))
        {
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                using (html.Element("th", ("scope", "col")))
                    html.Text("Day");
                foreach (var column in columns)
                {
                    using (html.Element("th", ("scope", "col")))
                        html.Name(column);
                }
            }

            using (html.Element("tbody"))
            {
                for (var day = 0; day < days.Count; day++)
                    Row(html, days[day], cells(day));
            }
        }
    }

    private static void Row(HtmlWriter html, DateOnly day, IEnumerable<string> cells)
    {
        using (html.Element("tr"))
        {
            using (html.Element("th", ("scope", "row")))
                html.Text(Dates.DayOfYear(day));
            foreach (var cell in cells)
            {
                using (html.Element("td"))
                {
                    html.Text(cell);
                    if (cell == Numbers.Missing)
                        html.Element("span", "unseen", " no result on this day");
                }
            }
        }
    }
}
