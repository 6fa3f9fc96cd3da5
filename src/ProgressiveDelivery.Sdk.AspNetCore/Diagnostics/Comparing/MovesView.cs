using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

/// <summary>Writes which saved contexts move.</summary>
internal static class MovesView
{
    private const int FirstRows = 6;
    private const int MaxRows = 100;

    /// <summary>Writes the count as a sentence.</summary>
    public static void Sentence(HtmlWriter html, ContextMoves moves)
    {
        if (moves.Contexts == 0)
        {
            html.Text("There are no saved contexts to count over. Save some in Explain.");
            return;
        }

        if (moves.Moving == 0)
        {
            html.Text($"None of {Numbers.Count(moves.Contexts)} saved contexts gets another variant.");
            return;
        }

        html.Element("strong", null, $"{Numbers.Count(moves.Moving)} of {Numbers.Count(moves.Contexts)}");
        html.Text(" saved contexts " + (moves.Moving == 1 ? "gets another variant:" : "get another variant:"));
    }

    /// <summary>Writes who gets what instead of what; nothing without moves.</summary>
    public static void Table(HtmlWriter html, ContextMoves moves)
    {
        if (moves.Moves.Count > 0)
            Rows(html, moves.Moves.Take(FirstRows));
        if (moves.Moves.Count > FirstRows)
            Rest(html, moves);
        if (moves.FlagsLeftOut > 0)
            html.Element("p", "note", $"{Numbers.Count(moves.FlagsLeftOut)} more flags were not counted.");
        if (moves.Contexts == 0)
            return;
        using (html.Element("p", ("class", "act-limits")))
        {
            html.Icon(Tone.None);
            html.Element("span", null, "Counted over the saved contexts only. Others may move too.");
        }
    }

    /// <summary>Writes the change of variant.</summary>
    public static void Gets(HtmlWriter html, string? from, string? to)
    {
        Variant(html, "span", from);
        html.Text(" → ");
        Variant(html, "strong", to);
    }

    private static void Rest(HtmlWriter html, ContextMoves moves)
    {
        var rest = moves.Moves.Count - FirstRows;
        using (html.Element("details"))
        {
            html.Element("summary", null, rest == 1 ? "1 more move" : $"{Numbers.Count(rest)} more moves");
            Rows(html, moves.Moves.Skip(FirstRows).Take(MaxRows));
            if (rest > MaxRows)
                html.Element("p", "note", $"And {Numbers.Count(rest - MaxRows)} more, not shown.");
        }
    }

    private static void Rows(HtmlWriter html, IEnumerable<ContextMove> moves)
    {
        using (html.Element("table", ("class", "act-moves")))
        {
            Head(html);
            using (html.Element("tbody"))
            {
                foreach (var move in moves)
                    Row(html, move);
            }
        }
    }

    private static void Head(HtmlWriter html)
    {
        using (html.Element("thead"))
        using (html.Element("tr"))
        {
            foreach (var title in (string[])["Who", "Flag", "Gets"])
            {
                using (html.Element("th", ("scope", "col")))
                    html.Text(title);
            }
        }
    }

    private static void Row(HtmlWriter html, ContextMove move)
    {
        using (html.Element("tr"))
        {
            using (html.Element("td"))
                Who(html, move.Context);
            using (html.Element("td"))
                html.Key(move.Flag);
            using (html.Element("td"))
                Gets(html, move.From, move.To);
        }
    }

    private static void Who(HtmlWriter html, SavedContext context)
    {
        html.Name(context.Name);
        if (context.ShownKey is { } key && key != context.Name)
        {
            html.Text(" ");
            using (html.Element("span", ("class", "sub")))
                html.Key(key);
        }
    }

    private static void Variant(HtmlWriter html, string element, string? variant)
    {
        using (html.Element(element))
        {
            if (variant is null)
                html.Text("the code’s fallback");
            else
                html.Name(variant);
        }
    }
}
