using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>Writes the list of snapshots, with steps and the choice of two to compare.</summary>
internal sealed class HistoryTable(HtmlWriter html, ScreenContext page, ActSubject subject, (long? From, long? To) shown)
{
    public void Write()
    {
        using (html.Element("section", ("class", "card"), ("aria-labelledby", "history-title")))
        {
            // The choice of two stays out of what is live: it must not be undone while it is made.
            using (html.Element("div", ("id", "history"), ("data-live", "")))
            {
                WriteHead();
                WriteSnapshots();
            }

            if (subject.History.Count > 1)
                WriteCompare();
        }
    }

    private void WriteSnapshots()
    {
        if (subject.History.Count == 0)
        {
            html.Element("p", "empty", "No snapshot has been accepted yet.");
            return;
        }

        using (html.Element("table", ("class", "history")))
        {
            WriteColumns();
            using (html.Element("tbody"))
            {
                for (var i = 0; i < subject.History.Count; i++)
                    WriteRow(subject.History[i], i);
            }
        }
    }

    /// <summary>Writes a link to the sheet of an act.</summary>
    public static void Act(HtmlWriter html, ScreenContext page, string act, string text, string? version = null, bool isPrimary = false)
    {
        using (html.Element("a", ("class", isPrimary ? "button primary" : "button"), ("data-sheet", ""), ("href", page.Link("act", ("do", act), ("version", version)))))
            html.Text(text);
    }

    private void WriteHead()
    {
        using (html.Element("div", ("class", "card-head")))
        {
            using (html.Element("div"))
            {
                using (html.Element("h2", ("id", "history-title")))
                    html.Text("Snapshots of this process");
                html.Element("p", "sub", subject.History.Count == 1 ? "One was accepted." : $"The last {Numbers.Count(subject.History.Count)} accepted." + (page.MayAct ? " A step takes effect at once." : ""));
            }

            if (!page.MayAct || (subject.Older is null && subject.Newer is null))
                return;
            using (html.Element("p", ("class", "history-acts")))
            {
                if (subject.Older is not null)
                    Act(html, page, "step-back", "Step back");
                if (subject.Newer is not null)
                    Act(html, page, "step-forward", "Step forward");
            }
        }
    }

    private void WriteColumns()
    {
        using (html.Element("thead"))
        using (html.Element("tr"))
        {
            foreach (var title in (string[])["Version", "Accepted", "What changed", "State"])
            {
                using (html.Element("th", ("scope", "col")))
                    html.Text(title);
            }
        }
    }

    private void WriteRow(AcceptedSnapshot snapshot, int place)
    {
        using (html.Element("tr", ("class", snapshot.Version == subject.InForce ? "history-now" : null)))
        {
            using (html.Element("td", ("class", "history-version")))
                html.Element("strong", null, ActSubject.Text(snapshot.Version));
            using (html.Element("td", ("class", "history-time")))
                html.Time(snapshot.AcceptedAt, page.Now);
            using (html.Element("td", ("class", "history-what")))
                WriteChange(snapshot, place);
            using (html.Element("td", ("class", "history-state")))
                WriteState(snapshot, place);
        }
    }

    private void WriteChange(AcceptedSnapshot snapshot, int place)
    {
        using (html.Element("p"))
        {
            if (snapshot.ChangeReason is { Length: > 0 } why)
                html.Name(why);
            else
                html.Text(snapshot.Origin == SnapshotOrigin.Source ? "No reason given" : "From a file of this machine");
        }

        using (html.Element("p", ("class", "sub")))
        {
            if (place + 1 < subject.History.Count)
            {
                using (html.Element("a", ("href", page.Link("history", ("from", ActSubject.Text(subject.History[place + 1].Version)), ("to", ActSubject.Text(snapshot.Version))))))
                    html.Text(DifferenceWords.Short(snapshot.Changes));
            }
            else
            {
                html.Text("the oldest one kept");
            }

            if ((snapshot.ChangedBy ?? snapshot.Source) is { Length: > 0 } by)
            {
                html.Text(" · ");
                html.Name(by);
            }
        }
    }

    private void WriteState(AcceptedSnapshot snapshot, int place)
    {
        var isInForce = snapshot.Version == subject.InForce;
        var isNewer = !isInForce && subject.History.Skip(place + 1).Any(older => older.Version == subject.InForce);
        if (isInForce)
            html.State(subject.State.Hold is null ? Tone.Good : Tone.Hold, subject.State.Hold is null ? "In force" : subject.State.Hold.IsAdoption ? "In force, the next one bakes" : "In force, held");
        else if (isNewer)
            html.State(Tone.Waits, "Waits");
        else
            html.State(Tone.None, "Can be stepped to");
    }

    private void WriteCompare()
    {
        var (from, to) = (page.Query("from") ?? ActSubject.Text(shown.From ?? subject.History[1].Version), page.Query("to") ?? ActSubject.Text(shown.To ?? subject.Newest));
        using (html.Element("form", ("class", "history-compare"), ("method", "get"), ("action", page.Link("history"))))
        {
            Versions("from", "Compare", from);
            Versions("to", "with", to);
            using (html.Element("button", ("class", "button"), ("type", "submit")))
                html.Text("Compare");
        }
    }

    private void Versions(string name, string label, string chosen)
    {
        using (html.Element("label", ("for", "history-" + name)))
            html.Text(label);
        using (html.Element("select", ("class", "field"), ("id", "history-" + name), ("name", name)))
        {
            foreach (var snapshot in subject.History)
            {
                var version = ActSubject.Text(snapshot.Version);
                using (html.Element("option", ("value", version), ("selected", version == chosen ? "" : null)))
                    html.Text(version);
            }
        }
    }
}
