using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes the ramps of a flag: the steps, and the conditions of the next one.</summary>
internal static class RampCard
{
    private const int MaxRamps = 10;

    /// <summary>Writes a card for each ramp; nothing for a flag without one.</summary>
    public static void Write(HtmlWriter html, FlagView flag, DefinitionReading definition)
    {
        foreach (var ramp in flag.Ramps.Take(MaxRamps))
            Write(html, flag, ramp, definition.Steps(ramp.Rule));
    }

    private static void Write(HtmlWriter html, FlagView flag, RampStatus ramp, IReadOnlyList<RampStep> defined)
    {
        var steps = RampChart.Steps(ramp, defined);
        using (html.Card("Ramp" + (flag.Ramps.Count == 1 ? "" : ramp.Rule is { } rule ? " of rule " + SafeText.Cut(rule, 80) : " of the default"), Marks.Id("ramp", ramp.Rule ?? ""), aside: Aside(flag, ramp)))
        {
            using (html.Element("div", ("class", "card-body")))
            {
                RampChart.Write(html, ramp, steps, SlotOf(flag), ramp.IsPaused || flag.Reverted is not null, flag.Now);
                if (defined.Count > steps.Count)
                    html.Element("p", "note", $"{steps.Count} of {defined.Count} steps are drawn.");
                WriteNext(html, flag, ramp, defined);
            }

            WriteNumbers(html, flag, ramp, defined.Count > 0 ? defined : steps);
        }
    }

    private static string Aside(FlagView flag, RampStatus ramp) => flag switch
    {
        { Reverted: not null } => $"stopped at {Marks.Percent(ramp.Percent)}, served to 0\u00A0% now",
        { Override.HasEffect: true } or { IsKilled: true } => $"at {Marks.Percent(ramp.Percent)}, not reached now",
        _ when ramp.IsPaused => $"stopped at {Marks.Percent(ramp.Percent)}",
        _ => $"at {Marks.Percent(ramp.Percent)}",
    };

    // The variant that the ramp brings is the first one beside the control.
    private static int SlotOf(FlagView flag) => flag.Guards is [var guard, ..] ? flag.Slots[guard.Variant] : Math.Min(1, flag.Slots.All.Count - 1) is > 0 and var slot ? slot : 0;

    private static void WriteNext(HtmlWriter html, FlagView flag, RampStatus ramp, IReadOnlyList<RampStep> defined)
    {
        using (html.Element("div", ("class", "flags-next")))
        {
            if (ramp.Next is not { } next)
            {
                html.Element("p", null, ramp.IsPaused ? "It stays until an operator or a snapshot ends the stop." : "No step is left.");
                return;
            }

            using (html.Element("p"))
            {
                html.Element("strong", null, $"Next step: {Marks.Percent(next)}");
                html.Text(ramp.IsPaused ? ", stopped; it stays until an operator or a snapshot ends the stop. It would wait for:" : ", waits for:");
            }

            WriteConditions(html, flag, ramp, defined.FirstOrDefault(step => step.Percent == next));
        }
    }

    private static void WriteConditions(HtmlWriter html, FlagView flag, RampStatus ramp, RampStep? next)
    {
        if (flag.Reverted is { } trip && !ramp.WaitsFor.Any(condition => Names(condition, trip.Guard)))
            Pill(html, Tone.Bad, () => html.Name($"guard {SafeText.Cut(trip.Guard, 80)} fine"));
        if (ramp.NextAt is { } at)
        {
            Pill(html, at > flag.Now ? Tone.Waits : Tone.Good, () =>
            {
                html.Text("not before ");
                html.Time(at, flag.Now);
            });
        }

        foreach (var condition in ramp.WaitsFor.Take(20))
            Pill(html, ToneOf(flag, condition), () => html.Name(condition));
        if (next is not { HasGate: true })
            return;
        foreach (var guard in flag.Guards.Where(guard => guard is { Result: GuardResult.Fine, IsDryRun: false } && !ramp.WaitsFor.Any(condition => Names(condition, guard.Guard))).Take(5))
            Pill(html, Tone.Good, () => html.Name($"guard {SafeText.Cut(guard.Guard, 80)} fine"));
    }

    private static Tone ToneOf(FlagView flag, string condition) => flag.Guards.FirstOrDefault(guard => Names(condition, guard.Guard))?.Result switch
    {
        GuardResult.Bad => Tone.Bad,
        GuardResult.NoData => Tone.None,
        _ => Tone.Waits,
    };

    private static bool Names(string condition, string guard) => condition.StartsWith($"guard '{guard}'", StringComparison.Ordinal);

    private static void Pill(HtmlWriter html, Tone tone, Action text)
    {
        using (html.Element("span", ("class", "badge " + tone.Name)))
        {
            html.Icon(tone, 16);
            using (html.Element("span"))
                text();
        }
    }

    private static void WriteNumbers(HtmlWriter html, FlagView flag, RampStatus ramp, IReadOnlyList<RampStep> steps)
    {
        using (html.Element("details", ("class", "flags-part flags-numbers")))
        {
            html.Element("summary", null, "Steps as a table");
            using (html.Element("table", ("id", Marks.Id("steps", ramp.Rule ?? "")), ("data-live", "")))
            {
                using (html.Element("thead"))
                using (html.Element("tr"))
                {
                    foreach (var title in (ReadOnlySpan<string>)["Step", "Not before", "State"])
                    {
                        using (html.Element("th", ("scope", "col")))
                            html.Text(title);
                    }
                }

                using (html.Element("tbody"))
                {
                    foreach (var step in steps.Take(100))
                        WriteStep(html, flag, ramp, step);
                }
            }
        }
    }

    private static void WriteStep(HtmlWriter html, FlagView flag, RampStatus ramp, RampStep step)
    {
        using (html.Element("tr"))
        {
            html.Element("td", null, Marks.Percent(step.Percent));
            using (html.Element("td"))
            {
                if (step.At is { } at)
                    html.Time(at, flag.Now);
                else
                    html.Missing("not known");
            }

            html.Element("td", null, step.Percent == ramp.Percent ? "present" : step.Percent < ramp.Percent ? "reached" : step.Percent == ramp.Next ? "next" : "later");
        }
    }
}
