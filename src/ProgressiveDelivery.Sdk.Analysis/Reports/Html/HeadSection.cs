using System.Reflection;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Writes the head of the page: the experiment, its period and unit, and from when and what the figures are.</summary>
internal static class HeadSection
{
    /// <summary>The name and the version of this package, as reports state it.</summary>
    public static string Producer { get; } = ReadProducer();

    public static void Write(HtmlWriter html, ExperimentReport report)
    {
        var plan = report.Plan;
        using (html.Element("header", ("class", "head")))
        {
            using (html.Element("div", ("class", "who")))
            {
                html.Element("p", "kicker", "Experiment report");
                using (html.Element("h1"))
                    html.Name(plan.Name ?? plan.Experiment);
                using (html.Element("p", ("class", "sub")))
                {
                    using (html.Element("code"))
                        html.Name(plan.Experiment);
                    html.Text($" · {Dates.Period(plan)} · {Dates.Progress(plan, report.ComputedAt)} · unit: {plan.UnitName}");
                }
            }

            using (html.Element("p", ("class", "inputs")))
            {
                html.Text($"Computed {Dates.Time(report.ComputedAt)}");
                html.Empty("br");
                html.Text($"from {Words.Counted(report.Data.Counts.Exposures, "exposure", "exposures")} and {Words.Counted(report.Data.Counts.Outcomes, "outcome", "outcomes")}");
                html.Empty("br");
                html.Text(Producer);
            }
        }
    }

    private static string ReadProducer()
    {
        var assembly = typeof(HeadSection).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return $"{assembly.GetName().Name} {version.Split('+')[0]}";
    }
}
