using ProgressiveDelivery.Sdk.Analysis.Reports.Charts;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>
/// Writes the metrics by role, then a row for each variant with its interval drawn on one axis. The roles of a table are written out, since the layout is a grid.
/// </summary>
internal sealed class EffectsTable
{
    private readonly HtmlWriter _html;
    private readonly ExperimentReport _report;
    private readonly ReportSeries _series;
    private readonly IntervalDrawing _drawing;

    public EffectsTable(HtmlWriter html, ExperimentReport report, ReportSeries series)
    {
        (_html, _report, _series) = (html, report, series);
        var ends = report.Metrics.SelectMany(metric => metric.Effects.Select(effect => effect.Relative).OfType<Interval>().SelectMany(interval => new[] { interval.Low, interval.High })
            .Concat(metric.SignedMargin() is { } margin ? [margin] : []));
        _drawing = new(html, RelativeScale.Over(ends, report.Metrics.SelectMany(metric => metric.Effects).Select(effect => effect.Relative).OfType<Interval>().Select(interval => interval.Estimate)));
    }

    public void Write()
    {
        using (_html.Element("table", ("class", "effects"), ("role", "table"), ("aria-labelledby", "effects")))
        {
            Header();
            foreach (var role in (MetricRole[])[MetricRole.Primary, MetricRole.Secondary, MetricRole.Guardrail])
                Group(role, [.. _report.Metrics.Where(metric => metric.Metric.Role == role)]);
        }

        _html.Element("p", "caption", "Bar: the interval. Mark: the estimate. Round = better or not harmed, eight-sided = worse or harmed, diamond = not clear yet. Solid line: no change. Arrow: goes on beyond the axis.");
    }

    private void Header()
    {
        using (_html.Element("thead", ("role", "rowgroup")))
        using (_html.Element("tr", ("role", "row"), ("class", "row")))
        {
            Head("name", "Metric and variant");
            Head("values", "Control → variant");
            Head("change", "Change");
            using (_html.Element("th", ("role", "columnheader"), ("scope", "col"), ("class", "interval")))
            {
                _html.Element("span", "unseen", "Interval");
                _drawing.Axis("x-axis");
            }

            Head("reading", "Reading");
        }
    }

    private void Head(string cssClass, string text)
    {
        using (_html.Element("th", ("role", "columnheader"), ("scope", "col"), ("class", cssClass)))
            _html.Text(text);
    }

    private void Group(MetricRole role, IReadOnlyList<MetricReport> metrics)
    {
        if (metrics.Count == 0)
            return;
        using (_html.Element("tbody", ("role", "rowgroup")))
        {
            using (_html.Element("tr", ("role", "row"), ("class", "group")))
            using (Wide("group-name"))
            {
                _html.Element("strong", null, Words.Group(role, metrics.Count));
                _html.Element("span", "aside", " · " + Words.Purpose(role));
                _drawing.Axis("x-axis narrow");
            }

            foreach (var metric in metrics)
                Metric(metric);
        }
    }

    private void Metric(MetricReport metric)
    {
        using (_html.Element("tr", ("role", "row"), ("class", "metric")))
        using (Wide("metric-name"))
        {
            using (_html.Element("strong"))
                _html.Name(metric.Metric.Title);
            _html.Text(" ");
            using (_html.Element("span", ("class", "aside")))
            {
                _html.Name(metric.Description);
                _html.Text(" · " + Words.Direction(metric.Metric) + Margin(metric.Metric));
            }
        }

        foreach (var effect in metric.Effects)
            Row(metric, effect);
    }

    private static string Margin(Metric metric) => metric switch
    {
        { Role: not MetricRole.Guardrail } => "",
        { Margin: { } share } => $" · {Numbers.Level(share)} allowed",
        { AbsoluteMargin: { } amount } => $" · {metric.Value(amount)} allowed",
        _ => "",
    };

    private void Row(MetricReport metric, VariantEffect effect)
    {
        using (_html.Element("tr", ("role", "row"), ("class", "row")))
        {
            using (_html.Element("th", ("role", "rowheader"), ("scope", "row"), ("class", "name")))
            {
                VariantMark.Inline(_html, _series.SlotOf(effect.Variant));
                _html.Name(_report.TitleOf(effect.Variant));
            }

            using (Cell("values"))
                Values(metric.Metric, effect);
            using (Cell("change"))
                Change(metric.Metric, effect);
            using (Cell("interval"))
                Interval(metric, effect);
            using (Cell("reading"))
                Reading(effect);
        }
    }

    private void Values(Metric metric, VariantEffect effect)
    {
        if (effect is { ControlValue: null, Value: null })
        {
            _html.Text(Numbers.Missing);
            _html.Element("span", "unseen", " no values");
            return;
        }

        _html.Text(metric.Value(effect.ControlValue));
        _html.Element("span", "arrow", " → ");
        _html.Text(metric.Value(effect.Value));
    }

    private void Change(Metric metric, VariantEffect effect)
    {
        if (effect.Relative is { } relative)
        {
            _html.Element("strong", null, Numbers.Change(relative.Estimate));
            _html.Element("span", "ends", IntervalDrawing.Range(relative));
        }
        else
        {
            _html.Element("strong", null, metric.Difference(effect.Absolute?.Estimate));
        }
    }

    private void Interval(MetricReport metric, VariantEffect effect)
    {
        if (effect.Relative is not null)
        {
            _drawing.Row(effect, metric.SignedMargin(), IntervalDrawing.Sentence(SafeText.Cut(_report.TitleOf(effect.Variant)), effect));
            return;
        }

        var reason = Words.Reason(_report.Plan, _report.Data, metric.Metric, effect) ?? "there is no interval yet";
        var start = effect.Reading == EffectReading.NoValue ? "No value: " : effect.Reading == EffectReading.TooEarly ? "Too early: " : "";
        using (_html.Element("p", ("class", "instead")))
        {
            _html.Text(start.Length == 0 ? Words.Capitalized(reason) + "." : start + reason + ".");
            if (effect.Absolute is { } absolute)
                _html.Text($" Absolute: {metric.Metric.Difference(absolute.Low)} to {metric.Metric.Difference(absolute.High)}.");
        }
    }

    private void Reading(VariantEffect effect)
    {
        var icon = VerdictIcon.Of(effect.Reading);
        using (_html.Element("span", ("class", "state " + icon.Tone)))
        {
            Icon.Write(_html, icon, "18");
            _html.Text(Words.Reading(effect.Reading));
        }
    }

    private HtmlWriter.Scope Cell(string cssClass) => _html.Element("td", ("role", "cell"), ("class", cssClass));

    private HtmlWriter.Scope Wide(string cssClass) => _html.Element("th", ("role", "rowheader"), ("scope", "rowgroup"), ("colspan", "5"), ("aria-colspan", "5"), ("class", cssClass));
}
