using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>One flag: what acts on it, its guards and ramps, what it serves, its rules in words, its experiments, its acts and its definition.</summary>
internal sealed class FlagScreen : Screen
{
    public override string Path => "flag";

    public override string Entry => "flags";

    public override string Title(ScreenContext page) => SafeText.Cut(page.Query("key") ?? "Flag", 80);

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        var key = page.Query("key") ?? "";
        if (new FlagIndex(page).Find(key) is not { } flag)
        {
            page.StatusCode = StatusCodes.Status404NotFound;
            WriteUnknown(html, page, key);
            return;
        }

        var definition = DefinitionReading.Of(page.Diagnostics.FindDefinition(key));
        WriteHead(html, page, flag);
        FlagBanner.Write(html, page, flag, definition);
        using (html.Element("div", ("class", "flags-columns")))
        {
            using (html.Element("div", ("class", "flags-column")))
            {
                GuardsCard.Write(html, flag, definition);
                RampCard.Write(html, flag, definition);
                FactsCard.WriteVariants(html, flag);
                FactsCard.WriteDefinition(html, definition);
            }

            using (html.Element("div", ("class", "flags-column")))
            {
                ServedCard.Write(html, flag, page.Site.Served.LastMinute);
                RulesCard.Write(html, flag);
                foreach (var experiment in flag.Experiments.Take(10))
                    ExperimentPart.Write(html, page, experiment, namesFlag: false);
                TrailCard.Write(html, page, flag);
                FactsCard.WriteMetadata(html, flag);
            }
        }

        FullNames.Write(html);
    }

    private static void WriteHead(HtmlWriter html, ScreenContext page, FlagView flag)
    {
        using (html.Element("div", ("class", "flags-head")))
        {
            using (html.Element("div"))
            {
                WriteWay(html, page);
                using (html.Element("h1"))
                    html.Key(flag.Key);
            }

            using (html.Element("div", ("class", "flags-badges"), ("id", "flag-badges"), ("data-live", "")))
            {
                foreach (var badge in flag.Badges)
                    html.Badge(badge.Tone, badge.Text);
                using (html.Element("p", ("class", "sub")))
                {
                    html.Text(FlagTypes.Name(flag.Info.Type));
                    if (flag.Owner is { } owner)
                    {
                        html.Text(" · owner ");
                        html.Name(owner, maxLength: 80);
                    }

                    html.Text($" · in force: snapshot {page.Snapshot.Version}");
                }
            }
        }

        if (flag is { Override: null, Trips.Count: 0, IsKilled: false, Info.Defect: null })
            FlagActions.Write(html, page, flag);
    }

    private static void WriteWay(HtmlWriter html, ScreenContext page)
    {
        using (html.Element("p", ("class", "flags-way")))
        {
            using (html.Element("a", ("href", page.Link("flags"))))
                html.Text("Flags");
            html.Text(" /");
        }
    }

    private static void WriteUnknown(HtmlWriter html, ScreenContext page, string key)
    {
        WriteWay(html, page);
        html.Element("h1", null, "No such flag");
        html.Banner(Tone.None, "This flag is not in the snapshot in force.", () =>
        {
            using (html.Element("p"))
            {
                if (key.Length == 0)
                {
                    html.Text("The address names no flag. ");
                }
                else
                {
                    html.Text($"Snapshot {page.Snapshot.Version} has no flag “");
                    html.Name(key);
                    html.Text("”. ");
                }

                using (html.Element("a", ("href", page.Link("flags"))))
                    html.Text("Show all flags");
            }

            if (NearKeys.Find(key, page.Snapshot.Flags.Select(static flag => flag.Key)) is { Count: > 0 } near)
                WriteNear(html, page, near);
        });
    }

    private static void WriteNear(HtmlWriter html, ScreenContext page, IReadOnlyList<string> near)
    {
        html.Element("p", null, "Near to it:");
        using (html.Element("ul", ("class", "flags-near")))
        {
            foreach (var candidate in near)
            {
                using (html.Element("li"))
                using (html.Element("a", ("href", page.Link("flag", ("key", candidate)))))
                    html.Key(candidate);
            }
        }
    }
}
