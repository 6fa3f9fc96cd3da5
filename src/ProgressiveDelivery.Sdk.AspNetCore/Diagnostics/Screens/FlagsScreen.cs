using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The list of flags: search, choices, and for each flag what it serves, where its ramp is and its state; those that need attention first, 100 a page.</summary>
internal sealed class FlagsScreen : Screen
{
    private const int MaxBadges = 2;
    private const string Placeholder = "Search key, owner, rule or variant";

    public override string Path => "flags";

    public override string Title(ScreenContext page) => "Flags";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        html.Element("h1", null, Title(page));
        var list = new FlagList(new FlagIndex(page).All(), page.Query("q"), page.Query("filter"), page.Query("page"));
        using (html.Element("section", ("class", "card flags"), ("aria-label", "Flags")))
        {
            using (html.Element("div", ("class", "flags-tools")))
            {
                WriteSearch(html, page, list);
                WriteChoices(html, page, list);
            }

            if (list.Total == 0)
                WriteEmpty(html, page, list);
            else
                WriteTable(html, page, list);
        }
    }

    private static void WriteSearch(HtmlWriter html, ScreenContext page, FlagList list)
    {
        using (html.Element("form", ("class", "flags-search"), ("role", "search"), ("method", "get"), ("action", page.Link("flags"))))
        {
            using (html.Element("label", ("class", "unseen"), ("for", "flags-q")))
                html.Text(Placeholder);
            html.Empty("input", ("class", "field"), ("id", "flags-q"), ("type", "search"), ("name", "q"), ("value", list.Search), ("placeholder", Placeholder), ("autocomplete", "off"), ("spellcheck", "false"), ("maxlength", "200"));
            if (list.Filter.Name is { } filter)
                html.Empty("input", ("type", "hidden"), ("name", "filter"), ("value", filter));
            using (html.Element("kbd", ("class", "flags-key"), ("aria-hidden", "true")))
                html.Text("/");
        }
    }

    private static void WriteChoices(HtmlWriter html, ScreenContext page, FlagList list)
    {
        using (html.Element("nav", ("class", "flags-choices"), ("aria-label", "Choice of flags"), ("id", "flags-choices"), ("data-live", "")))
        {
            foreach (var (choice, count) in list.Counts.Where(one => one.Count > 0 || one.Filter.IsAlwaysShown || one.Filter == list.Filter))
            {
                using (html.Element("a", ("class", "flags-choice"), ("href", page.Link("flags", ("q", OrNull(list.Search)), ("filter", choice.Name))), ("aria-current", choice == list.Filter ? "true" : null)))
                {
                    html.Text(choice.Title + " ");
                    html.Element("span", null, Numbers.Count(count));
                }
            }
        }
    }

    private static void WriteEmpty(HtmlWriter html, ScreenContext page, FlagList list)
    {
        using (html.Element("p", ("class", "empty"), ("id", "flags-empty"), ("data-live", "")))
        {
            if (page.Snapshot.Flags.Count == 0)
            {
                html.Text($"No flags in snapshot {page.Snapshot.Version}.");
                return;
            }

            if (list.Search.Length == 0)
            {
                html.Text($"No flag here now: {list.Filter.Title}. ");
                using (html.Element("a", ("href", page.Link("flags"))))
                    html.Text("Show all flags");
            }
            else
            {
                html.Text("No flag matches “");
                html.Name(list.Search);
                html.Text("”. ");
                using (html.Element("a", ("href", page.Link("flags", ("filter", list.Filter.Name)))))
                    html.Text("Clear search");
            }

            html.Text(".");
        }
    }

    // The roles are written out, since a table that is laid out as cards loses them in some browsers.
    private static void WriteTable(HtmlWriter html, ScreenContext page, FlagList list)
    {
        using (html.Element("table", ("class", "flags-table"), ("role", "table"), ("data-total", list.Total.ToString(CultureInfo.InvariantCulture))))
        {
            using (html.Element("thead", ("role", "rowgroup")))
            using (html.Element("tr", ("role", "row")))
            {
                foreach (var title in (ReadOnlySpan<string>)["Flag", "Served, " + page.Site.Served.LastMinute.Title, "Ramp and next step", "State"])
                {
                    using (html.Element("th", ("scope", "col"), ("role", "columnheader")))
                        html.Text(title);
                }
            }

            using (html.Element("tbody", ("role", "rowgroup")))
            {
                foreach (var row in list.Rows)
                    WriteRow(html, page, row);
            }
        }

        using (html.Element("div", ("class", "flags-foot")))
        {
            WriteCount(html, list);
            WritePages(html, page, list);
        }
    }

    private static void WriteRow(HtmlWriter html, ScreenContext page, FlagRow row)
    {
        var flag = row.Flag;
        html.Line();
        using (html.Element("tr", ("role", "row"), ("id", Marks.Id("flag", flag.Key)), ("data-live", ""), ("data-words", SafeText.Cut(string.Join(' ', row.Words).ToLowerInvariant(), 500))))
        {
            using (html.Element("td", ("role", "cell"), ("class", "flags-name")))
            {
                using (html.Element("a", ("href", page.Link("flag", ("key", flag.Key)))))
                    html.Key(flag.Key);
                html.Element("p", "sub", FlagTypes.Name(flag.Info.Type));
            }

            using (html.Element("td", ("role", "cell"), ("class", "flags-served")))
                ServedBar.Write(html, flag, page.Site.Served.LastMinute);
            using (html.Element("td", ("role", "cell"), ("class", flag.Ramps.Count == 0 ? "flags-ramp-cell flags-none" : "flags-ramp-cell")))
                RampText.Write(html, flag);
            using (html.Element("td", ("role", "cell"), ("class", row.Badges.Count == 0 ? "flags-state flags-none" : "flags-state")))
            {
                foreach (var badge in row.Badges.Take(MaxBadges))
                    html.Badge(badge.Tone, badge.Text);
                if (row.Badges.Count == 0)
                    html.Missing("nothing to say");
            }
        }
    }

    private static void WriteCount(HtmlWriter html, FlagList list)
    {
        var first = (list.Page - 1) * FlagList.PageSize + 1;
        var shown = list.Pages == 1 ? Numbers.Count(list.Total) : $"{Numbers.Count(first)}–{Numbers.Count(first + list.Rows.Count - 1)} of {Numbers.Count(list.Total)}";
        using (html.Element("p", ("class", "note"), ("id", "flags-count")))
            html.Text($"{shown} {(list.Total == 1 ? "flag" : "flags")} · those that need attention first");
    }

    private static void WritePages(HtmlWriter html, ScreenContext page, FlagList list)
    {
        if (list.Pages == 1)
            return;
        using (html.Element("nav", ("class", "flags-pages"), ("aria-label", "Pages")))
        {
            WriteStep(html, page, list, list.Page - 1, "Previous");
            html.Element("span", "note", $"Page {list.Page} of {list.Pages}");
            WriteStep(html, page, list, list.Page + 1, "Next");
        }
    }

    private static void WriteStep(HtmlWriter html, ScreenContext page, FlagList list, int number, string text)
    {
        if (number < 1 || number > list.Pages)
            return;
        var link = page.Link("flags", ("q", OrNull(list.Search)), ("filter", list.Filter.Name), ("page", number == 1 ? null : number.ToString(CultureInfo.InvariantCulture)));
        using (html.Element("a", ("class", "button"), ("href", link)))
            html.Text(text);
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
