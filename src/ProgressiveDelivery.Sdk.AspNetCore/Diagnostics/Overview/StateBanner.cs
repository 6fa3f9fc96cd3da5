using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Writes the banner: one sentence that says what is so, one that says what follows, and how old the rules are.</summary>
internal static class StateBanner
{
    private const int MaxTrips = 3;

    public static void Write(HtmlWriter html, ScreenContext page)
    {
        var state = PageState.Of(page);
        Action? gauge = page.Status.Age is { } age ? () => StalenessGauge.Write(html, age, page.Status.MaxStaleness) : null;
        html.Banner(PageState.ToneOf(state), Headline(page, state), () => WriteSays(html, page, state), gauge);
    }

    /// <summary>Returns the headline of a state.</summary>
    public static string Headline(ScreenContext page, PageStateKind state)
    {
        var status = page.Status;
        switch (state)
        {
            case PageStateKind.Ready: return "All well. The rules are current.";
            case PageStateKind.Closed: return "Closed. The client has been disposed.";
            case PageStateKind.Starting when status.Cause is { NeedsAction: true } cause: return $"Failed: {Reason(page, cause)}. Fallback values answer.";
            case PageStateKind.Starting: return "Starting. Fallback values answer until the first snapshot.";
            case PageStateKind.Stale: return "Stale. Answers go on from memory.";
            case PageStateKind.Failed: return $"Failed: {Reason(page, status.Cause)}. Answers go on from memory.";
            case PageStateKind.Rejected: return $"{Rejected(page.Diagnostics.Rejection!)} was rejected. {status.SnapshotVersion} stays in force.";
            case PageStateKind.Guard:
                var count = PageState.Tripped(page).Count();
                return count == 1 ? "A guard tripped." : $"{Numbers.Count(count)} guards tripped.";
            default:
                var probing = PageState.Probing(page).ToList();
                return probing is [var one] ? $"Trying “{SafeText.Cut(one.Variant, 60)}” again with {Numbers.Level((double)one.ProbePercent!.Value / 100)}." : $"Trying {Numbers.Count(probing.Count)} variants again.";
        }
    }

    /// <summary>Returns the name of a rejected snapshot, to begin a sentence.</summary>
    public static string Rejected(RejectedSnapshot rejection) => rejection.Version is { } version ? $"Snapshot {version}" : "A snapshot";

    private static string Reason(ScreenContext page, FeatureClientFault? cause)
    {
        var source = SafeText.Cut(page.Status.Source ?? page.Diagnostics.Sources.FirstOrDefault(static source => source.Fault is not null)?.Name ?? "the source", 80);
        return cause?.Kind switch
        {
            FeatureClientFaultKind.AccessDenied when cause.HttpStatus == 404 => $"{source} does not know the address",
            FeatureClientFaultKind.AccessDenied => $"access denied by {source}",
            FeatureClientFaultKind.InvalidSnapshot => $"the rules of {source} are rejected",
            FeatureClientFaultKind.Expired => "the snapshot has expired",
            FeatureClientFaultKind.Unconfirmed => $"{source} does not answer",
            _ => $"{source} cannot be read",
        };
    }

    private static void WriteSays(HtmlWriter html, ScreenContext page, PageStateKind state)
    {
        switch (state)
        {
            case PageStateKind.Starting: WriteStarting(html, page); break;
            case PageStateKind.Closed: html.Element("p", "lead", "It answers from its last rules, and reads no source any more."); break;
            case PageStateKind.Failed: WriteFailed(html, page); break;
            case PageStateKind.Guard: WriteTrips(html, page); break;
            case PageStateKind.Stale: WriteStale(html, page); break;
            case PageStateKind.Rejected: WriteRejected(html, page); break;
            case PageStateKind.Probing: WriteProbes(html, page); break;
            default: WriteCurrent(html, page, "lead"); break;
        }
    }

    private static void WriteStarting(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("p", ("class", "lead")))
        {
            html.Text("Waiting for ");
            html.Name(page.Status.Source ?? (page.Diagnostics.Sources is [var first, ..] ? first.Name : "the source"));
            html.Text($", {Times.Age(page.Now - page.Status.Since)} so far.");
        }

        if (page.Status.Cause is { } cause)
            WriteCause(html, cause);
    }

    private static void WriteFailed(HtmlWriter html, ScreenContext page)
    {
        html.Element("p", "lead", "This does not mend itself.");
        if (page.Status.Cause is { } cause)
            WriteCause(html, cause);
        WriteOverrideHint(html, page);
    }

    private static void WriteCause(HtmlWriter html, FeatureClientFault cause)
    {
        using (html.Element("p"))
            html.Name(cause.Message, 1000);
    }

    private static void WriteTrips(HtmlWriter html, ScreenContext page)
    {
        var trips = PageState.Tripped(page).ToList();
        foreach (var trip in trips.Take(MaxTrips))
        {
            using (html.Element("p", ("class", "lead")))
            {
                html.Key(trip.Flag);
                if (trip.Response == GuardResponse.Revert)
                {
                    html.Text(": all users get ");
                    html.Chip(trip.Served ?? "the fallback of the code");
                }
                else
                {
                    html.Text(": its ramps stay where they are");
                }

                html.Text(" since ");
                html.Time(trip.Since, page.Now);
                html.Text(".");
            }
        }

        if (trips.Count > MaxTrips)
            html.Element("p", null, $"{Numbers.Count(trips.Count - MaxTrips)} more are below.");
        if (page.Status.State == FeatureClientState.Ready)
            WriteCurrent(html, page, null);
        else
            WriteStale(html, page);
    }

    private static void WriteStale(HtmlWriter html, ScreenContext page)
    {
        var status = page.Status;
        using (html.Element("p", ("class", "lead")))
        {
            if (status.LastConfirmed is { } confirmed)
            {
                html.Text("No source has confirmed the rules since ");
                using (html.Element("strong"))
                    html.Time(confirmed, page.Now);
            }
            else
            {
                html.Text("No source has confirmed the rules since the start");
            }

            html.Text(". Everything is answered from snapshot ");
            html.Element("strong", null, status.SnapshotVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
            html.Text(status.Origin switch
            {
                SnapshotOrigin.Bundled => ", bundled with the application. ",
                SnapshotOrigin.LastKnownGood => ", kept by an earlier run. ",
                _ => ". ",
            });
            html.Text("Changes and kills published since then have not arrived here.");
        }

        if (status.Cause is { Kind: FeatureClientFaultKind.Expired } expired)
            WriteCause(html, expired);
        WriteOverrideHint(html, page);
    }

    private static void WriteRejected(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("p", ("class", "lead")))
        {
            if (page.Diagnostics.Rejection!.Diagnostics is [.., var reason])
            {
                html.Name(reason.Message, 400);
                html.Text(" ");
            }

            html.Text("It was never served.");
        }
    }

    private static void WriteProbes(HtmlWriter html, ScreenContext page)
    {
        foreach (var trip in PageState.Probing(page).Take(MaxTrips))
        {
            using (html.Element("p", ("class", "lead")))
            {
                html.Key(trip.Flag);
                var outcomes = page.Status.Guards.FirstOrDefault(guard => guard.Flag == trip.Flag && guard.Guard == trip.Guard)?.Outcomes ?? 0;
                html.Text($": {Numbers.Level((double)trip.ProbePercent!.Value / 100)} of the units get ");
                html.Chip(trip.Variant);
                html.Text($" again. {Numbers.Count(outcomes)} outcomes so far; the evidence decides.");
            }
        }

        WriteCurrent(html, page, null);
    }

    private static void WriteCurrent(HtmlWriter html, ScreenContext page, string? cssClass)
    {
        var status = page.Status;
        using (html.Element("p", ("class", cssClass)))
        {
            html.Text("Snapshot ");
            html.Element("strong", null, status.SnapshotVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (page.Control.History.FirstOrDefault(static snapshot => snapshot.IsInForce) is { } accepted)
                html.Text($", accepted {Times.Age(page.Now - accepted.AcceptedAt)} ago");
            if (status.Age is { } age)
            {
                html.Text($", confirmed {Times.Age(age)} ago");
                if (status.Source is { } source)
                {
                    html.Text(" by ");
                    html.Name(source);
                }
            }

            html.Text(".");
        }
    }

    private static void WriteOverrideHint(HtmlWriter html, ScreenContext page)
    {
        if (!page.MayAct)
            return;
        using (html.Element("div", ("class", "acts")))
        {
            using (html.Element("a", ("class", "button"), ("href", page.Link("flags"))))
                html.Text("Override a flag…");
            html.Element("p", "sub", "This process works. To switch a feature off now, override it here.");
        }
    }
}
