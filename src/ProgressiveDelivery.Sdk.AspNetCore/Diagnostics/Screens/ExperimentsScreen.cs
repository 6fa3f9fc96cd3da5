using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The experiments that this process exposes units of: first those whose split is wrong.</summary>
internal sealed class ExperimentsScreen : Screen
{
    private const int MaxShown = 100;

    public override string Path => "experiments";

    public override string Title(ScreenContext page) => "Experiments";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        html.Element("h1", null, Title(page));
        var all = page.Status.Experiments;
        if (all.Count == 0)
        {
            using (html.Element("section", ("class", "card"), ("id", "experiments-empty"), ("data-live", "")))
            {
                html.Element("p", "empty", page.Status.EventSinks.Count == 0
                    ? "No experiment runs. Experiments are watched while events are sent to a sink."
                    : "No experiment runs. One is listed after its first exposure in this process.");
            }

            return;
        }

        using (html.Element("p", ("class", "lead"), ("id", "experiments-sum"), ("data-live", "")))
            html.Text(Sum(all));
        foreach (var experiment in all.OrderBy(static experiment => Place(experiment.Hint)).ThenBy(static experiment => experiment.Experiment, StringComparer.Ordinal).Take(MaxShown))
            ExperimentPart.Write(html, page, experiment, namesFlag: true);
        if (all.Count > MaxShown)
            html.Element("p", "note", $"{Numbers.Count(all.Count - MaxShown)} more experiments are not shown; each is on the screen of its flag.");
        html.Element("p", "note", "This process only. Other processes see other units: read the report of an experiment before you decide.");
        FullNames.Write(html);
    }

    private static string Sum(IReadOnlyList<ExperimentHealth> all)
    {
        var wrong = all.Count(static experiment => experiment.Hint == ExperimentHint.Mismatch);
        var experiments = all.Count == 1 ? "1 experiment runs" : $"{Numbers.Count(all.Count)} experiments run";
        return wrong switch
        {
            0 => $"{experiments}. No split contradicts its plan.",
            1 => $"{experiments}. The split of 1 is wrong: do not trust its numbers.",
            _ => $"{experiments}. The splits of {Numbers.Count(wrong)} are wrong: do not trust their numbers.",
        };
    }

    private static int Place(ExperimentHint hint) => hint switch
    {
        ExperimentHint.Mismatch => 0,
        ExperimentHint.NotTested => 1,
        _ => 2,
    };
}
