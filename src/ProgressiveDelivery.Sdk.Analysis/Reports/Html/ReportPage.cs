using ProgressiveDelivery.Sdk.Analysis.Reports.Series;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the page: a sentence first, then the traffic, then the effects, then the method.</summary>
internal sealed class ReportPage(HtmlWriter html, ExperimentReport report)
{
    private readonly ReportSeries _series = new(report);

    /// <summary>Writes the document.</summary>
    public void Write()
    {
        using (html.Element("html", ("lang", "en")))
        {
            Head();
            html.Line();
            using (html.Element("body"))
                Body();
        }

        html.Line();
    }

    private void Head()
    {
        using (html.Element("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", PageStyle.Report.Policy));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
            using (html.Element("title"))
                html.Text(SafeText.Cut($"{Emphasis.Strip(report.Verdict.Headline)} {report.Plan.Name ?? report.Plan.Experiment}"));
            html.Style(PageStyle.Report.Text);
        }
    }

    private void Body()
    {
        using (html.Element("a", ("class", "skip"), ("href", "#verdict")))
            html.Text("Skip to the verdict");
        HeadSection.Write(html, report);
        using (html.Element("main"))
        {
            VerdictBanner.Write(html, report);
            if (report.Verdict.Kind != VerdictKind.DoNotTrust)
                FactsSection.Write(html, report);
            TrafficSection.Write(html, report.Traffic, report.Data.Faults);
            var days = new DaysSection(html, report, _series);
            if (report.Verdict.Kind == VerdictKind.DoNotTrust)
                days.Write();
            EffectsSection.Write(html, report, _series);
            if (report.Verdict.Kind != VerdictKind.DoNotTrust)
                days.Write();
            MethodSection.Write(html, report);
            NamesInFull();
        }

        using (html.Element("footer", ("class", "foot")))
            html.Text("All times UTC. Days are those of the first exposure. This file loads nothing from elsewhere.");
    }

    // Last, since the sections before fill it.
    private void NamesInFull()
    {
        if (html.CutNames.Count == 0)
            return;
        using (html.Element("section", ("class", "card slim"), ("aria-label", "Long names")))
        using (html.Element("details"))
        {
            html.Element("summary", null, "Long names in full");
            using (html.Element("ol"))
            {
                foreach (var name in html.CutNames)
                {
                    using (html.Element("li"))
                    using (html.Element("bdi"))
                        html.Text(name);
                }
            }
        }
    }
}
