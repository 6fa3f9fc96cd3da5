using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes the guards of a flag, the worst first: the evidence of each against its threshold, and the shares of bad outcomes.</summary>
internal static class GuardsCard
{
    private const int MaxGuards = 20;
    private const string Method = "Evidence against the limit, after every outcome. Each line up is a multiple of ten; the dashed line is where it trips.";

    /// <summary>Writes the guards.</summary>
    public static void Write(HtmlWriter html, FlagView flag, DefinitionReading definition)
    {
        if (flag.Guards.Count == 0)
        {
            using (html.Card("Guards"))
                html.Element("p", "empty", "No guards on this flag. Add one: see docs/guides/guards.md.");
            return;
        }

        using (html.Element("section", ("class", "card flags-guards"), ("aria-label", "Guards")))
        {
            var isFirst = true;
            foreach (var guard in flag.Guards.Take(MaxGuards))
            {
                WriteGuard(html, flag, guard, definition.Guard(guard.Guard), isOpen: isFirst || guard.Result == GuardResult.Bad);
                isFirst = false;
            }

            if (flag.Guards.Count > MaxGuards)
                html.Element("p", "note flags-part", $"{flag.Guards.Count - MaxGuards} more guards are not shown.");
        }
    }

    /// <summary>Returns the state of a guard in words.</summary>
    public static (Tone Tone, string Text) State(GuardStatus guard) => (guard.Result, guard.IsDryRun) switch
    {
        _ when guard.Trip is { ProbePercent: not null } => (Tone.Waits, "Trying again"),
        (GuardResult.Bad, false) => (Tone.Bad, "Bad"),
        (GuardResult.Bad, true) => (Tone.Warn, "Bad, dry run"),
        (GuardResult.Fine, false) => (Tone.Good, "Fine"),
        (GuardResult.Fine, true) => (Tone.Good, "Fine, dry run"),
        (GuardResult.Inconclusive, false) => (Tone.Waits, "Inconclusive"),
        (GuardResult.Inconclusive, true) => (Tone.Waits, "Inconclusive, dry run"),
        (_, var isDry) => (Tone.None, isDry ? "No data, dry run" : "No data"),
    };

    private static void WriteGuard(HtmlWriter html, FlagView flag, GuardStatus guard, GuardFacts facts, bool isOpen)
    {
        var id = Marks.Id("guard", guard.Guard);
        using (html.Element("div", ("class", "flags-part flags-guard"), ("id", id), ("data-live", "")))
        {
            WriteHead(html, guard, facts);
            WriteWords(html, guard);
            if (isOpen)
                WriteCharts(html, flag, guard, facts);
            else if (guard.Outcomes > 0)
                WriteShort(html, flag, guard);
            if (guard.Promise.Length > 0)
                WritePromise(html, guard);
        }

        if (guard.Evidence.Count == 0)
            return;
        using (html.Element("details", ("class", "flags-part flags-numbers")))
        {
            using (html.Element("summary"))
            {
                html.Text("Numbers of guard ");
                html.Name(guard.Guard);
            }

            WriteNumbers(html, guard, id + "-numbers");
        }
    }

    private static void WritePromise(HtmlWriter html, GuardStatus guard)
    {
        using (html.Element("p", ("class", "note")))
        {
            html.Text("Promise: ");
            html.Words(guard.Promise);
            html.Text(guard.Surplus > 0 ? $". {Numbers.Count(guard.Surplus)} outcomes are in no block yet." : ".");
        }
    }

    private static void WriteHead(HtmlWriter html, GuardStatus guard, GuardFacts facts)
    {
        using (html.Element("div", ("class", "flags-guard-head")))
        {
            using (html.Element("h2"))
            {
                html.Text("Guard ");
                html.Name(guard.Guard, maxLength: 80);
                html.Text(": ");
                html.Name(facts.Measure, maxLength: 80);
                html.Text(" of ");
                html.Key(guard.Variant);
                if (facts.Allowed(guard.Against) is { } allowed)
                    html.Text(" " + allowed);
            }

            var (tone, text) = State(guard);
            html.Badge(tone, text);
        }
    }

    private static void WriteWords(HtmlWriter html, GuardStatus guard)
    {
        var other = guard.Against is { } against ? Quoted.Text(against) : null;
        var text = guard switch
        {
            { Result: GuardResult.NoData, Outcomes: 0 } => $"No data: {Quoted.Text(guard.Variant)} gets no outcomes. No data is not fine.",
            { Result: GuardResult.NoData } => $"No data: {other ?? "the control"} gets no traffic. No data is not fine.",
            { Result: GuardResult.Inconclusive } => "Too few outcomes, or a share beyond the limit without proof.",
            { Result: GuardResult.Bad, IsDryRun: true } => "It would have tripped. It is a dry run: nothing was changed.",
            { Result: GuardResult.Bad, Trip.Response: Control.GuardResponse.Warn } => "It tripped, and only warns: no answer was changed.",
            _ => null,
        };
        if (text is not null)
            html.Element("p", "sub", text);
        else if (guard.IsDryRun)
            html.Element("p", "sub", "Dry run: a trip only shows.");
    }

    private static void WriteShort(HtmlWriter html, FlagView flag, GuardStatus guard)
    {
        using (html.Element("div", ("class", "flags-short")))
        {
            html.Element("p", "sub", $"Evidence {Evidence.Text(guard.LogEvidence)}, trips at {Evidence.Text(guard.LogThreshold)} · {Numbers.Rate(guard.Share?.Estimate)} of {Numbers.Count(guard.Outcomes)} outcomes were bad");
            var share = Evidence.Power(guard.LogThreshold) is > 0 and var most ? Math.Clamp(Evidence.Power(guard.LogEvidence) / most, 0.02, 1) : 0;
            using (html.Element("svg", ("class", "flags-gauge"), ("width", "170"), ("height", "16"), ("aria-hidden", "true")))
            {
                html.Empty("rect", ("class", "flags-track"), ("y", "5"), ("width", "96%"), ("height", "6"), ("rx", "3"));
                html.Empty("rect", ("class", "f" + VariantMark.Digit(flag.Slots[guard.Variant])), ("y", "5"), ("width", Shapes.Percent(0.96 * share)), ("height", "6"), ("rx", "3"));
                html.Line("flags-limit", 0.97, 0, 0.97, 16);
            }
        }
    }

    private static void WriteCharts(HtmlWriter html, FlagView flag, GuardStatus guard, GuardFacts facts)
    {
        if (guard.Evidence.Count > 0)
        {
            html.Element("p", "sub", Method);
            EvidenceChart.Write(html, guard, flag.Slots[guard.Variant]);
        }

        if (guard.Outcomes + guard.AgainstOutcomes == 0)
            return;
        using (html.Element("p", ("class", "flags-chart-title")))
        {
            html.Element("strong", null, "Share of bad outcomes");
            html.Element("span", "sub", " 95 % interval at every look" + (facts.Limit is { } limit ? $"; dashed: the limit of {Numbers.Level(limit)}" : ""));
        }

        var rows = new List<ShareRow> { new(guard.Variant, flag.Slots[guard.Variant], guard.Share, guard.Bad, guard.Outcomes) };
        if (guard.Against is { } against)
            rows.Add(new(against, flag.Slots[against], guard.AgainstShare, guard.AgainstBad, guard.AgainstOutcomes));
        SharesChart.Write(html, rows, facts.Limit);
        if (guard.Difference is { } difference)
            html.Element("p", "sub", $"Difference {Points(difference.Estimate)}, 95 % interval {Points(difference.Low)} to {Points(difference.High)} percentage points.");
    }

    private static void WriteNumbers(HtmlWriter html, GuardStatus guard, string id)
    {
        using (html.Element("table", ("id", id), ("data-live", "")))
        {
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                using (html.Element("th", ("scope", "col")))
                    html.Text("Outcomes");
                using (html.Element("th", ("scope", "col")))
                    html.Text("Evidence");
            }

            using (html.Element("tbody"))
            {
                foreach (var point in guard.Evidence)
                {
                    using (html.Element("tr"))
                    {
                        html.Element("td", null, Numbers.Count(point.Outcomes));
                        html.Element("td", null, Evidence.Text(point.LogEvidence));
                    }
                }
            }
        }
    }

    private static string Points(double share) => double.IsFinite(share) ? Numbers.Signed(share * 100, 2) : Numbers.Missing;
}
