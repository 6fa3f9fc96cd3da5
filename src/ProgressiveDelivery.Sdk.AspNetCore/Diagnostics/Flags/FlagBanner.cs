using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes what acts on a flag in place of its rules: an operator's override, a guard, a kill, a quarantine; and what can be done.</summary>
internal static class FlagBanner
{
    /// <summary>Writes the banner of what acts first, and lines for what stands behind it. The frame is there even if nothing acts: a screen reader hears what comes.</summary>
    public static void Write(HtmlWriter html, ScreenContext page, FlagView flag, DefinitionReading definition)
    {
        using (html.Element("div", ("id", "flag-acts"), ("data-live", ""), ("aria-live", "polite")))
        {
            var acts = Of(html, page, flag, definition);
            if (acts.Count == 0)
                return;
            using (html.Element("section", ("class", "banner flags-banner " + acts[0].Tone.Name), ("aria-label", "What acts on this flag")))
            {
                html.Icon(acts[0].Tone, 36);
                using (html.Element("div", ("class", "says")))
                {
                    using (html.Element("h2"))
                        acts[0].Headline();
                    acts[0].Says();
                    foreach (var behind in acts.Skip(1))
                    {
                        using (html.Element("div", ("class", "flags-behind")))
                        {
                            using (html.Element("p"))
                            {
                                html.Text("Besides: ");
                                behind.Headline();
                            }

                            behind.Says();
                        }
                    }
                }

                FlagActions.WriteAside(html, page, flag);
            }
        }
    }

    private static List<(Tone Tone, Action Headline, Action Says)> Of(HtmlWriter html, ScreenContext page, FlagView flag, DefinitionReading definition)
    {
        var acts = new List<(Tone, Action, Action)>();
        if (flag.Info.Defect is { } defect)
            acts.Add((Tone.Warn, () => html.Text("The fallback of the code answers: this flag is quarantined."), () => Line(html, () => html.Name(defect, maxLength: 600))));
        if (flag.Override is { } set)
            acts.Add((Tone.Hold, () => OverrideHeadline(html, page, set), () => OverrideSays(html, set)));
        foreach (var trip in flag.Trips.Where(static trip => trip.Response != GuardResponse.Warn).Take(5))
            acts.Add(trip.ProbePercent is null ? (Tone.Bad, () => TripHeadline(html, page, flag, trip), () => TripSays(html, page, trip)) : (Tone.Waits, () => ProbeHeadline(html, trip), () => ProbeSays(html, flag, trip, definition)));
        if (flag.IsKilled)
            acts.Add((Tone.Bad, () => KillHeadline(html, flag), () => Line(html, () => html.Text("The backend killed this flag. It ends with a newer snapshot that changes the flag, or with an override here."))));
        return acts;
    }

    private static void TripHeadline(HtmlWriter html, ScreenContext page, FlagView flag, GuardTrip trip)
    {
        if (trip is { Response: GuardResponse.Revert, Served: { } served })
            AllGet(html, served);
        else
            html.Text($"The ramp stays{(flag.Ramps is [var ramp, ..] ? " at " + Marks.Percent(ramp.Percent) : "")}");
        html.Text(", since ");
        html.Time(trip.Since, page.Now);
        html.Text(".");
    }

    private static void TripSays(HtmlWriter html, ScreenContext page, GuardTrip trip)
    {
        Line(html, () =>
        {
            html.Text("Guard ");
            using (html.Element("strong"))
                html.Name(trip.Guard);
            html.Text(" tripped ");
            html.Text(Times.Duration(page.Now - trip.Since));
            html.Text(" ago: ");
            html.Words(trip.Evidence.TrimEnd('.'));
            html.Text(trip.Response == GuardResponse.Revert ? ". It was reverted in this process, without the backend." : ". No further step is taken in this process.");
        });
        html.Element("p", "sub", "Survives a restart only with KeepLastKnownGoodIn. Ends with a snapshot that raises the flag's attempt, or by hand.");
        if (trip.NextProbe is not { } probe)
            return;
        using (html.Element("p", ("class", "sub")))
        {
            html.Text("Tries again by itself at ");
            html.Time(probe, page.Now);
            html.Text(".");
        }
    }

    private static void ProbeHeadline(HtmlWriter html, GuardTrip trip)
    {
        html.Text("Trying ");
        html.Key(trip.Variant);
        html.Text($" again with {Marks.Percent(trip.ProbePercent ?? 0)}.");
    }

    private static void ProbeSays(HtmlWriter html, FlagView flag, GuardTrip trip, DefinitionReading definition) => Line(html, () =>
    {
        var outcomes = flag.Guards.FirstOrDefault(guard => guard.Guard == trip.Guard)?.Outcomes;
        var most = definition.Guard(trip.Guard).MaxProbeOutcomes;
        html.Text(most is null ? "Guard " : $"{Numbers.Count(Math.Min(outcomes ?? 0, most.Value))} of at most {Numbers.Count(most.Value)} outcomes; guard ");
        using (html.Element("strong"))
            html.Name(trip.Guard);
        html.Text(" decides by evidence. ");
        if (trip.Served is { } served)
        {
            html.Text("The others get ");
            html.Key(served);
            html.Text($". It is probe {trip.Probes} since the trip.");
        }
    });

    private static void KillHeadline(HtmlWriter html, FlagView flag)
    {
        if (flag.Info.ServedVariants is [var variant])
            AllGet(html, variant);
        else
            html.Text("This flag is killed");
        html.Text(".");
    }

    private static void OverrideHeadline(HtmlWriter html, ScreenContext page, FlagOverride set)
    {
        if (set.HasEffect)
        {
            AllGet(html, set.Variant);
        }
        else
        {
            html.Text("The override to ");
            html.Key(set.Variant);
            html.Text(" has no effect");
        }

        html.Text(", since ");
        html.Time(set.Since, page.Now);
        if (set.ExpiresAt is { } until)
        {
            html.Text(set.HasEffect ? ", until " : "; it ends at ");
            html.Time(until, page.Now);
        }

        html.Text(".");
    }

    private static void OverrideSays(HtmlWriter html, FlagOverride set)
    {
        Line(html, () =>
        {
            html.Text(set.HasEffect ? "Overridden by " : "The snapshot in force lacks the flag or the variant. Set by ");
            using (html.Element("strong"))
                html.Name(set.By);
            html.Text(". Reason: ");
            html.Name(set.Reason, maxLength: 400);
        });
        html.Element("p", "sub", set.SurvivesRestart ? "Remembered across restarts." : "Ends with this process.");
    }

    private static void AllGet(HtmlWriter html, string variant)
    {
        html.Text("All users get ");
        html.Key(variant);
    }

    private static void Line(HtmlWriter html, Action says)
    {
        using (html.Element("p"))
            says();
    }
}
