using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Audit;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The audit trail: who did what when, and why.</summary>
internal sealed class AuditScreen : Screen
{
    public override string Path => "audit";

    public override string Title(ScreenContext page) => "Audit trail";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        var trail = page.Control.AuditTrail;
        var filter = AuditFilter.Of(page);
        using (html.Element("div", ("class", "title-row")))
        {
            html.Element("h1", null, Title(page));
            using (html.Element("a", ("class", "button"), ("href", filter.Link(page, "audit.jsonl")), ("download", "audit.jsonl")))
                html.Text("Export JSON lines");
        }

        using (html.Element("section", ("class", "card")))
        {
            html.Element("p", "card-head sub", "The last acts in this process: of operators, guards, ramps, and what expired. Another instance has its own.");
            WriteFilters(html, page, trail, filter);
            using (html.Element("div", ("id", "acts"), ("data-live", "")))
                WriteActs(html, page, trail, filter);
        }
    }

    private static void WriteFilters(HtmlWriter html, ScreenContext page, IReadOnlyList<ControlRecord> trail, AuditFilter filter)
    {
        using (html.Element("form", ("class", "filters"), ("method", "get"), ("action", page.Link("audit")), ("role", "search")))
        {
            Choice(html, "who", "Who", filter.Who, trail.Select(static record => (record.By, record.By)));
            Choice(html, "act", "Act", filter.Act, trail.Select(static record => (record.Kind.ToString(), ActWords.Of(record.Kind))));
            Choice(html, "flag", "Flag", filter.Flag, trail.Where(static record => record.Flag is not null).Select(static record => (record.Flag!, record.Flag!)));
            using (html.Element("div"))
            {
                using (html.Element("label", ("for", "q")))
                    html.Text("Text");
                html.Empty("input", ("class", "field"), ("type", "search"), ("id", "q"), ("name", "q"), ("value", filter.Text), ("maxlength", "200"));
            }

            using (html.Element("div", ("class", "from-to")))
            {
                using (html.Element("button", ("class", "button"), ("type", "submit")))
                    html.Text("Filter");
                if (!filter.IsEmpty)
                {
                    using (html.Element("a", ("class", "button"), ("href", page.Link("audit"))))
                        html.Text("Clear");
                }
            }
        }
    }

    private static void Choice(HtmlWriter html, string name, string title, string? chosen, IEnumerable<(string Value, string Text)> options)
    {
        using (html.Element("div"))
        {
            using (html.Element("label", ("for", name)))
                html.Text(title);
            using (html.Element("select", ("class", "field"), ("id", name), ("name", name)))
            {
                Option(html, "", "All", isChosen: chosen is null);
                foreach (var (value, text) in options.Distinct().OrderBy(static option => option.Text, StringComparer.Ordinal))
                    Option(html, value, text, value == chosen);
            }
        }
    }

    private static void Option(HtmlWriter html, string value, string text, bool isChosen)
    {
        using (html.Element("option", ("value", value), ("selected", isChosen ? "" : null)))
            html.Text(SafeText.Cut(text, 80));
    }

    private static void WriteActs(HtmlWriter html, ScreenContext page, IReadOnlyList<ControlRecord> trail, AuditFilter filter)
    {
        var chosen = filter.Choose(trail);
        if (chosen.Count == 0)
        {
            html.Element("p", "empty", trail.Count == 0 ? "No control act yet." : "No act matches the filter.");
            return;
        }

        using (html.Element("table", ("class", "stack")))
        {
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                foreach (var title in new[] { "Time", "Who", "Act", "From → to", "Reason" })
                {
                    using (html.Element("th", ("scope", "col")))
                        html.Text(title);
                }
            }

            using (html.Element("tbody"))
            {
                foreach (var record in chosen)
                    WriteAct(html, page, record);
            }
        }
    }

    private static void WriteAct(HtmlWriter html, ScreenContext page, ControlRecord record)
    {
        using (html.Element("tr"))
        {
            using (html.Element("td"))
                html.Time(record.At, page.Now);
            using (html.Element("td"))
                html.Name(record.By);
            using (html.Element("td"))
            {
                html.Element("strong", null, ActWords.Of(record.Kind));
                if (record.Flag is { } flag)
                {
                    html.Empty("br");
                    using (html.Element("a", ("href", page.Link("flag", ("key", flag)))))
                        html.Key(flag);
                }
            }

            using (html.Element("td"))
                WriteChange(html, page, record);
            using (html.Element("td"))
                html.Reason(record, 1000);
        }
    }

    private static void WriteChange(HtmlWriter html, ScreenContext page, ControlRecord record)
    {
        using (html.Element("span", ("class", "from-to")))
        {
            if (record.FromVariant is not null || record.ToVariant is not null)
            {
                Variant(html, record.FromVariant);
                html.Text(" → ");
                Variant(html, record.ToVariant);
            }
            else if (record.FromVersion != record.ToVersion)
            {
                html.Text($"{record.FromVersion} → {record.ToVersion}");
            }
            else
            {
                html.Text(record.HeldVersion is { } held ? $"{held} held" : $"at {record.ToVersion}");
            }
        }

        if (record.ExpiresAt is null && !record.SurvivesRestart)
            return;
        using (html.Element("p", ("class", "note")))
        {
            if (record.ExpiresAt is { } end)
            {
                html.Text("until ");
                html.Time(end, page.Now);
            }

            if (record.SurvivesRestart)
                html.Text(record.ExpiresAt is null ? "survives a restart" : ", survives a restart");
        }
    }

    private static void Variant(HtmlWriter html, string? variant)
    {
        if (variant is null)
            html.Text("rules");
        else
            html.Chip(variant);
    }
}
