using System.Text.Json;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes what a flag is: its variants and values, what its owners noted, and its definition.</summary>
internal static class FactsCard
{
    private const int MaxItems = 50;

    public static void WriteVariants(HtmlWriter html, FlagView flag)
    {
        using (html.Card("Variants"))
        using (html.Element("ul", ("class", "flags-variants")))
        {
            foreach (var variant in flag.Info.Variants.Take(MaxItems))
            {
                using (html.Element("li"))
                {
                    using (html.Element("span", ("class", "flags-shares-name")))
                        html.Variant(flag.Slots, variant.Name, isCode: true);
                    using (html.Element("div"))
                        html.Value(variant.Value);
                }
            }

            if (flag.Info.Variants.Count > MaxItems)
            {
                using (html.Element("li"))
                    html.Text($"{flag.Info.Variants.Count - MaxItems} more");
            }
        }
    }

    /// <summary>Writes the notes of the owners. An address stays text: the page links to nothing outside of itself.</summary>
    public static void WriteMetadata(HtmlWriter html, FlagView flag)
    {
        if (flag.Info.Metadata.Count == 0 && flag.Info.Attributes.Count == 0)
            return;
        using (html.Card("About this flag"))
        using (html.Element("dl", ("class", "flags-facts")))
        {
            foreach (var (name, value) in flag.Info.Metadata.Take(MaxItems))
                Fact(html, () => html.Name(name, maxLength: 80), () => Note(html, value));
            if (flag.Info.Metadata.Count > MaxItems)
                Fact(html, () => html.Text("more"), () => html.Text($"{flag.Info.Metadata.Count - MaxItems} more notes"));
            if (flag.Info.Attributes.Count > 0)
                Fact(html, () => html.Text("reads"), () => Attributes(html, flag));
        }
    }

    public static void WriteDefinition(HtmlWriter html, DefinitionReading definition)
    {
        if (definition.Text is not { } text)
        {
            html.Element("p", "note", "The definition of this flag cannot be shown: the format of its backend is another one.");
            return;
        }

        using (html.Element("details", ("class", "card flags-part flags-numbers flags-definition")))
        {
            html.Element("summary", null, "Show definition");
            using (html.Element("button", ("class", "button"), ("type", "button"), ("data-copy", "flag-definition"), ("hidden", "hidden")))
                html.Text("Copy");
            using (html.Element("span", ("class", "sub"), ("role", "status"), ("id", "flag-definition-copied")))
                html.Text("");
            html.Code(text, "flag-definition");
        }
    }

    private static void Fact(HtmlWriter html, Action name, Action value)
    {
        using (html.Element("div"))
        {
            using (html.Element("dt"))
                name();
            using (html.Element("dd"))
                value();
        }
    }

    private static void Note(HtmlWriter html, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            html.Name(value.GetString() ?? "");
        else
            html.Value(value);
    }

    private static void Attributes(HtmlWriter html, FlagView flag)
    {
        foreach (var attribute in flag.Info.Attributes.Take(MaxItems))
        {
            html.Chip(attribute);
            html.Text(" ");
        }

        if (flag.Info.Attributes.Count > MaxItems)
            html.Text($"and {flag.Info.Attributes.Count - MaxItems} more");
    }
}
