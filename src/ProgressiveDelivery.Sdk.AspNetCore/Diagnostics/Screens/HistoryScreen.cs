using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The snapshots of this process, the acts on them, and the difference of two.</summary>
internal sealed class HistoryScreen : Screen
{
    public override string Path => "history";

    public override string Title(ScreenContext page) => "History";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        var subject = new ActSubject(page, new());
        using (html.Element("div", ("class", "history-head"), ("id", "history-head"), ("data-live", "")))
        {
            html.Element("h1", null, Title(page));
            if (page.MayAct && subject.InForce != 0)
                WriteHoldActs(html, page, subject);
        }

        var (from, to, what) = Usual(subject);
        new HistoryTable(html, page, subject, (from, to)).Write();
        if (page.Query("from") is not null || page.Query("to") is not null)
            WriteAsked(html, page, page.Query("from") ?? "", page.Query("to") ?? "");
        else if (from is { } one && to is { } other && page.Control.Diff(one, other) is { } difference)
            new DifferenceView(html, page, difference).Write(what);
    }

    private static void WriteHoldActs(HtmlWriter html, ScreenContext page, ActSubject subject)
    {
        using (html.Element("p", ("class", "history-acts")))
        {
            HistoryTable.Act(html, page, "pin", "Pin…");
            if (subject.State.Hold is null or { IsAdoption: true })
                HistoryTable.Act(html, page, "hold", "Hold…");
            else
                HistoryTable.Act(html, page, "extend-hold", "Extend the hold…");
            if (subject.State.Hold is not null)
                HistoryTable.Act(html, page, "release", "Release…", isPrimary: true);
        }
    }

    private static void WriteAsked(HtmlWriter html, ScreenContext page, string from, string to)
    {
        if (ActInput.Number(from) is { } one && ActInput.Number(to) is { } other && page.Control.Diff(one, other) is { } difference)
        {
            new DifferenceView(html, page, difference).Write("As they would answer now.");
            return;
        }

        page.StatusCode = StatusCodes.Status404NotFound;
        Statement.Write(html, Tone.None, "These two cannot be compared.", () => html.Element("p", null, $"The history does not have both snapshots “{SafeText.Cut(from, 40)}” and “{SafeText.Cut(to, 40)}”. Choose two of the list."));
    }

    // What waits is what matters; without that, the last change.
    private static (long? From, long? To, string What) Usual(ActSubject subject) =>
        subject.State.Hold is not null && subject.Newest != subject.InForce ? (subject.InForce, subject.Newest, "What a release would change.")
        : subject.Older is { } older ? (older, subject.InForce, "What the snapshot in force changed.")
        : (null, null, "");
}
