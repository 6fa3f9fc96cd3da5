using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes the split of an experiment: a sentence about trust first, then units and shares, then the numbers.</summary>
internal static class ExperimentPart
{
    private const int MaxVariants = 20;

    /// <summary>Writes the card of an experiment.</summary>
    /// <param name="html">The page.</param>
    /// <param name="page">The request.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="namesFlag">True to name the flag, with a link.</param>
    public static void Write(HtmlWriter html, ScreenContext page, ExperimentHealth experiment, bool namesFlag)
    {
        var id = Marks.Id("experiment", experiment.Flag + '\n' + experiment.Experiment);
        using (html.Element("section", ("class", "card flags-experiment"), ("aria-labelledby", id + "-title")))
        {
            using (html.Element("div", ("class", "card-head")))
            {
                using (html.Element("div"))
                {
                    using (html.Element("h2", ("id", id + "-title")))
                    {
                        html.Text("Experiment ");
                        html.Key(experiment.Experiment);
                    }

                    if (namesFlag)
                        WriteFlag(html, page, experiment);
                }
            }

            using (html.Element("div", ("class", "card-body"), ("id", id), ("data-live", "")))
                WriteBody(html, page, experiment);
            using (html.Element("details", ("class", "flags-part flags-numbers")))
            {
                html.Element("summary", null, "Numbers of the split");
                WriteNumbers(html, experiment, id + "-numbers");
            }
        }
    }

    /// <summary>Returns the headline and what it means, in words.</summary>
    public static (Tone Tone, string Headline, string Line) Words(ExperimentHealth experiment) => experiment.Hint switch
    {
        ExperimentHint.Mismatch => (Tone.Warn, "Split wrong: do not trust the numbers of this experiment.", Mismatch(experiment)),
        ExperimentHint.NoMismatch => (Tone.Good, "Split sound.", "The shares do not contradict the plan."),
        _ => (Tone.None, "Split not tested.", "One variant alone has a weight, the flag divides the experiment in several ways, or its weights changed while stored assignments keep the old variants."),
    };

    private static string Mismatch(ExperimentHealth experiment)
    {
        var total = experiment.Variants.Sum(static variant => variant.Units);
        if (total == 0 || experiment.Variants.Count == 0)
            return "The shares contradicted the plan. They begin anew when the weights change.";
        var worst = experiment.Variants.MinBy(variant => variant.Units - variant.ExpectedShare * total)!;
        var lost = (long)Math.Round(worst.ExpectedShare * total - worst.Units);
        var name = Quoted.Text(worst.Variant);
        return lost > 0
            ? $"{name} should have {Numbers.Level(worst.ExpectedShare)} of the units and has {Numbers.Rate(worst.Units / (double)total)}: {Numbers.Count(lost)} are missing. The missing units are not like those who stayed, so a difference may come from that alone."
            : "The shares contradicted the plan once, and stay suspect until the weights change.";
    }

    private static void WriteFlag(HtmlWriter html, ScreenContext page, ExperimentHealth experiment)
    {
        using (html.Element("p", ("class", "sub")))
        {
            html.Text("decides ");
            using (html.Element("a", ("href", page.Link("flag", ("key", experiment.Flag)))))
                html.Key(experiment.Flag);
        }
    }

    private static void WriteBody(HtmlWriter html, ScreenContext page, ExperimentHealth experiment)
    {
        var (tone, headline, line) = Words(experiment);
        using (html.Element("div", ("class", "flags-verdict " + tone.Name)))
        {
            html.Icon(tone, 20);
            using (html.Element("div"))
            {
                html.Element("p", "flags-verdict-line", headline);
                using (html.Element("p"))
                    html.Name(line, maxLength: 600);
            }
        }

        SplitChart.Write(html, Shown(experiment));
        if (experiment.Variants.Count > MaxVariants)
            html.Element("p", "note", $"{experiment.Variants.Count - MaxVariants} more variants are not drawn.");
        using (html.Element("p", ("class", "note")))
        {
            html.Text("Gray band: what chance allows around the plan. ");
            html.Text(Evidence(experiment));
            html.Text($" {Numbers.Count(experiment.Units)} units in this process since ");
            html.Time(experiment.Since, page.Now);
            html.Text($" · {Numbers.Count(experiment.Crossovers)} with several variants · {Numbers.Count(experiment.Unassigned)} with a variant without a weight");
        }
    }

    private static string Evidence(ExperimentHealth experiment) => experiment.Hint == ExperimentHint.NotTested ? "" :
        $"{Numbers.CheckP(double.IsNaN(experiment.PValue) ? 1 : Math.Clamp(experiment.PValue, 0, 1))}, evidence {Charts.Evidence.Text(experiment.LogEvidence)}, however often it is read.";

    private static ExperimentHealth Shown(ExperimentHealth experiment) => experiment.Variants.Count <= MaxVariants ? experiment : experiment with { Variants = [.. experiment.Variants.Take(MaxVariants)] };

    private static void WriteNumbers(HtmlWriter html, ExperimentHealth experiment, string id)
    {
        var total = experiment.Variants.Sum(static variant => variant.Units);
        using (html.Element("table", ("id", id), ("data-live", "")))
        {
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                foreach (var title in (ReadOnlySpan<string>)["Variant", "Units", "Share", "Planned", "By chance"])
                {
                    using (html.Element("th", ("scope", "col")))
                        html.Text(title);
                }
            }

            using (html.Element("tbody"))
            {
                foreach (var variant in experiment.Variants.Take(100))
                    WriteRow(html, variant, total);
            }
        }
    }

    private static void WriteRow(HtmlWriter html, ExperimentVariantHealth variant, long total)
    {
        var (low, high) = SplitChart.Chance(variant.ExpectedShare, total);
        using (html.Element("tr"))
        {
            using (html.Element("td"))
                html.Name(variant.Variant);
            html.Element("td", null, Numbers.Count(variant.Units));
            html.Element("td", null, total == 0 ? Numbers.Missing : Numbers.Rate(variant.Units / (double)total));
            html.Element("td", null, Numbers.Level(variant.ExpectedShare));
            html.Element("td", null, $"{Numbers.Rate(low)} to {Numbers.Rate(high)}");
        }
    }
}
