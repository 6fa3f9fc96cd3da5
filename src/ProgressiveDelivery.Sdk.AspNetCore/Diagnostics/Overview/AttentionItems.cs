using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Finds what needs attention, the worst first. Each kind has a limit; what is beyond it is counted.</summary>
internal static class AttentionItems
{
    private const int MaxOfAKind = 8;

    public static IEnumerable<AttentionItem> Of(ScreenContext page) =>
        Limit(Trips(page), page, "flags", "more guards tripped")
            .Concat(Rejection(page)).Concat(Sources(page))
            .Concat(Limit(Splits(page), page, "experiments", "more experiments have a wrong split"))
            .Concat(Events(page)).Concat(Disk(page)).Concat(Hold(page))
            .Concat(Limit(Overrides(page), page, "history", "more flags are overridden"))
            .Concat(Limit(Quarantined(page), page, "flags", "more flags are quarantined"))
            .Concat(Limit(Warnings(page), page, "flags", "more faults of definitions"))
            .Concat(Limit(Paused(page), page, "flags", "more ramps stopped"))
            .Concat(Limit(Expired(page), page, "flags", "more flags are expired"));

    private static IEnumerable<AttentionItem> Limit(IEnumerable<AttentionItem> items, ScreenContext page, string screen, string more)
    {
        var all = items.ToList();
        foreach (var item in all.Take(MaxOfAKind))
            yield return item;
        if (all.Count > MaxOfAKind)
            yield return new(all[0].Tone, html => html.Text($"{Numbers.Count(all.Count - MaxOfAKind)} {more}.")) { Act = (page.Link(screen), "see all") };
    }

    private static IEnumerable<AttentionItem> Trips(ScreenContext page) => PageState.Tripped(page).Concat(PageState.Probing(page)).Select(trip => new AttentionItem(
        trip.ProbePercent is null ? Tone.Bad : Tone.Waits,
        html =>
        {
            Strong(html, trip.Guard);
            html.Text(" tripped on ");
            html.Key(trip.Flag);
            html.Text(". ");
            html.Words(SafeText.Cut(trip.Evidence, 400));
            html.Text(trip.Evidence.EndsWith('.') ? "" : ".");
        })
    {
        Since = trip.Since,
        Note = NextOf(page, trip),
        Act = (page.Link("flag", ("key", trip.Flag)), "open the flag"),
    });

    private static Action<HtmlWriter> NextOf(ScreenContext page, GuardTrip trip) => html =>
    {
        if (trip.ProbePercent is { } percent)
        {
            html.Text($"tries {Numbers.Level((double)percent / 100)} again now");
        }
        else if (trip.NextProbe is { } next)
        {
            html.Text("tries again at ");
            html.Time(next, page.Now);
        }
        else
        {
            html.Text("stays until a snapshot raises the attempt, or an operator clears it");
        }
    };

    private static IEnumerable<AttentionItem> Rejection(ScreenContext page)
    {
        if (page.Diagnostics.Rejection is not { } rejection)
            yield break;
        var reason = rejection.Diagnostics is [.., var last] ? last : null;
        yield return new(Tone.Bad, html =>
        {
            html.Element("strong", null, StateBanner.Rejected(rejection) + " rejected: ");
            html.Name(reason?.Message ?? "no reason was given.", 1000);
        })
        {
            Since = rejection.At,
            Note = html =>
            {
                if (reason is not null)
                    html.Text(reason.Id + " · ");
                html.Text("from ");
                html.Name(rejection.Source);
                if (rejection.ChangedBy is not { } by)
                    return;
                html.Text(" · published by ");
                html.Name(by);
                if (rejection.ChangeReason is not { } why)
                    return;
                html.Text(": ");
                html.Name(why);
            },
            Act = (page.Link("history"), "see the history"),
        };
    }

    private static IEnumerable<AttentionItem> Sources(ScreenContext page)
    {
        var (status, sources) = (page.Status, page.Diagnostics.Sources);
        if (PageState.IsWithoutSource(page))
        {
            yield return new(Tone.Bad, html =>
            {
                html.Element("strong", null, "No source answers. ");
                html.Text(sources.Count == 1 ? "Its last fault is below." : $"{(sources.Count == 2 ? "Both" : "All " + Numbers.Count(sources.Count))} were tried in turn. The last fault of each is below.");
            })
            {
                Since = status.LastConfirmed,
                Note = html => WriteAttempts(html, page, sources),
            };
        }
        else if (status.Cause is { NeedsAction: true } cause && !(cause.Kind == FeatureClientFaultKind.InvalidSnapshot && page.Diagnostics.Rejection is not null))
        {
            yield return new(Tone.Bad, html => html.Name(cause.Message, 1000)) { Since = cause.At };
        }

        if (status.Age is { } age && status.MaxStaleness is { } allowed && age > allowed)
        {
            yield return new(Tone.Warn, html =>
            {
                html.Element("strong", null, "Older than allowed. ");
                html.Text($"The rules may be {Times.Duration(allowed)} old and are {Times.Duration(age)} old.");
            })
            { Since = page.Now - age + allowed, Key = "stale" };
        }
    }

    private static void WriteAttempts(HtmlWriter html, ScreenContext page, IReadOnlyList<SourceStatus> sources)
    {
        if (sources.Min(static source => source.NextAttempt) is { } next)
            html.Text(next > page.Now ? $"next attempt in {Times.Age(next - page.Now)} · " : "next attempt now · ");
        html.Text($"tried {Numbers.Count(sources.Sum(static source => source.Failures))} times");
    }

    private static IEnumerable<AttentionItem> Splits(ScreenContext page) => page.Status.Experiments.Where(static one => one.Hint == ExperimentHint.Mismatch).Select(one => new AttentionItem(Tone.Bad, html =>
        {
            html.Element("strong", null, "Split wrong: ");
            html.Key(one.Experiment);
            html.Text(" of flag ");
            html.Key(one.Flag);
            html.Text(" has other shares than its weights. Do not trust its numbers.");
        })
    { Note = html => html.Text($"{Numbers.CheckP(one.PValue)}, {Numbers.Count(one.Units)} units in this process"), Act = (page.Link("flag", ("key", one.Flag)), "open the flag") });

    private static IEnumerable<AttentionItem> Events(ScreenContext page)
    {
        foreach (var sink in page.Status.EventSinks)
        {
            if (sink.Lost > 0)
            {
                yield return new(Tone.Warn, html =>
                {
                    html.Element("strong", null, $"{Numbers.Count(sink.Lost)} {(sink.Lost == 1 ? "event was" : "events were")} lost ");
                    html.Text("on the way to ");
                    html.Name(sink.Sink);
                    html.Text(".");
                })
                { Key = "lost", Act = (page.Link("events"), "see why") };
            }

            if ((sink.Fault ?? sink.SpillFault) is { } fault)
            {
                yield return new(Tone.Warn, html =>
                {
                    html.Element("strong", null, "Events wait: ");
                    html.Name(sink.Sink);
                    html.Text(sink.Fault is null ? " cannot use its spill. " : " does not take them. ");
                    html.Name(fault, 400);
                })
                { Since = sink.FailingSince, Note = html => html.Text($"{Numbers.Count(sink.Queued)} queued"), Act = (page.Link("events"), "see the events") };
            }
        }
    }

    private static IEnumerable<AttentionItem> Disk(ScreenContext page)
    {
        if (page.Status.DiskStalledSince is { } since)
        {
            yield return new(Tone.Warn, static html =>
            {
                html.Element("strong", null, "The disk does not answer. ");
                html.Text("Flags are served from memory. What is accepted is written when the disk answers.");
            })
            { Since = since };
        }
    }

    private static IEnumerable<AttentionItem> Hold(ScreenContext page)
    {
        if (page.Status.Control?.Hold is not { } hold)
            yield break;
        var waiting = page.Control.History.TakeWhile(static snapshot => !snapshot.IsInForce).Count();
        yield return new(Tone.Hold, html =>
        {
            html.Element("strong", null, $"{hold.Version} is held. ");
            html.Text(waiting switch { 0 => "No newer snapshot waits.", 1 => "1 newer snapshot waits.", _ => $"{Numbers.Count(waiting)} newer snapshots wait." });
        })
        { Since = hold.Since, Note = html => WriteAct(html, page, hold), Act = (page.Link("history"), "see the history") };
    }

    private static IEnumerable<AttentionItem> Overrides(ScreenContext page) => (page.Status.Control?.Overrides ?? []).Select(one => new AttentionItem(Tone.Hold, html =>
        {
            html.Key(one.Flag);
            html.Text(" is overridden to ");
            html.Chip(one.Variant);
            html.Text(".");
        })
    { Since = one.Since, Note = html => WriteAct(html, page, one), Act = (page.Link("flag", ("key", one.Flag)), "open the flag") });

    private static void WriteAct(HtmlWriter html, ScreenContext page, StandingAct act)
    {
        html.Text("by ");
        html.Name(act.By);
        if (act.ExpiresAt is not { } end)
            return;
        html.Text(", until ");
        html.Time(end, page.Now);
    }

    private static IEnumerable<AttentionItem> Quarantined(ScreenContext page) => page.Snapshot.Flags.Where(static flag => flag.Defect is not null).Select(flag => new AttentionItem(Tone.Warn, html =>
        {
            html.Key(flag.Key);
            html.Text(" is quarantined: ");
            html.Name(flag.Defect!, 1000);
        })
    {
        Note = html => html.Text((IdOf(page, flag) is { } id ? id + " · " : "") + "the fallback of the code is served"),
        Act = (page.Link("flag", ("key", flag.Key)), "open the flag"),
    });

    // A guard that is left out, or a gate that never opens, is missed only when it is needed.
    private static IEnumerable<AttentionItem> Warnings(ScreenContext page) => page.Diagnostics.SnapshotDiagnostics.Where(static one => one.Severity == DiagnosticSeverity.Warning)
        .Select(static one => new AttentionItem(Tone.Warn, html => html.Name(one.Message, 1000)) { Note = html => html.Text(one.Id + " · in the snapshot in force") });

    // The path of a diagnostic names its flag.
    private static string? IdOf(ScreenContext page, FlagInfo flag) =>
        page.Diagnostics.SnapshotDiagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error && one.Path.Contains('\'' + flag.Key + '\'', StringComparison.Ordinal))?.Id;

    private static IEnumerable<AttentionItem> Paused(ScreenContext page) => (page.Status.Control?.Ramps ?? []).Where(static ramp => ramp.IsPaused).Select(ramp => new AttentionItem(Tone.Waits, html =>
        {
            html.Text("The ramp of ");
            html.Key(ramp.Flag);
            html.Text($" stopped at {Numbers.Level((double)ramp.Reached / 100)}. ");
            html.Name(ramp.Cause, 400);
        })
    { Since = ramp.Since, Act = (page.Link("flag", ("key", ramp.Flag)), "open the flag") });

    private static IEnumerable<AttentionItem> Expired(ScreenContext page) => page.Snapshot.Flags.Where(flag => FlagView.ExpiryOf(flag) <= page.Now).Select(flag => new AttentionItem(Tone.Aged, html =>
        {
            html.Key(flag.Key);
            html.Text(" expired on ");
            html.Time(FlagView.ExpiryOf(flag)!.Value, page.Now);
            html.Text(". Remove it from the code, or give it a new date.");
        })
    { Act = (page.Link("flag", ("key", flag.Key)), "open the flag") });

    private static void Strong(HtmlWriter html, string name)
    {
        using (html.Element("strong"))
            html.Name(name);
    }
}
