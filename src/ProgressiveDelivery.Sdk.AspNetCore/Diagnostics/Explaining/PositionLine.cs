using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Draws the place of a unit in the hashed range, and the part that is admitted.</summary>
internal static class PositionLine
{
    private const double Positions = 1_000_000;

    public static void Write(HtmlWriter html, ExplanationKind kind, BucketExplanation bucket)
    {
        var word = kind == ExplanationKind.Split ? "chosen" : "admitted";
        using (html.Element("p", ("class", "sub")))
        {
            html.Text($"Position {Numbers.Count(bucket.Position)} of {Numbers.Count((long)Positions)}, by ");
            html.Key(bucket.By);
            html.Text(", salt ");
            html.Key(bucket.Salt);
        }

        using (html.Element("figure", ("class", "position")))
        {
            Draw(html, bucket, word);
            using (html.Element("figcaption", ("class", "position-ends")))
            {
                html.Element("span", null, $"{word}: {Share(bucket.From)} – {Share(bucket.To)}\u00A0%");
                html.Element("span", null, "100\u00A0%");
            }
        }

        WriteTable(html, bucket, word);
    }

    /// <summary>Writes a position in percent with one decimal; more where it would seem to be on the other side of a whole percent.</summary>
    public static string Share(int position) => (position / 10_000m).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Place(BucketExplanation bucket) => (Math.Floor(bucket.Position / 1_000m) / 10).ToString("0.0", CultureInfo.InvariantCulture) + "\u00A0%";

    private static void Draw(HtmlWriter html, BucketExplanation bucket, string word)
    {
        var (from, to, at) = (bucket.From / Positions, bucket.To / Positions, bucket.Position / Positions);
        var label = $"This context is at {Place(bucket)}; {word} is {Share(bucket.From)} to {Share(bucket.To)} %. It is {(bucket.IsInside ? "inside" : "outside")}.";
        using (html.Element("svg", ("class", "position-line"), ("width", "100%"), ("height", "38"), ("role", "img"), ("aria-label", label)))
        {
            html.Empty("rect", ("class", "position-all"), ("x", "0"), ("y", "20"), ("width", "100%"), ("height", "12"), ("rx", "2"));
            html.Empty("rect", ("class", "position-part"), ("x", Shapes.Percent(from)), ("y", "20"), ("width", Shapes.Percent(Math.Max(0, to - from))), ("height", "12"), ("rx", "2"));
            html.Line("position-tick", at, 14, at, 38);
            using (html.Element("text", ("class", "position-label"), ("x", Shapes.Percent(at)), ("y", "12"), ("dx", at > 0.5 ? "-6" : "6"), ("text-anchor", at > 0.5 ? "end" : "start")))
                html.Text("this context: " + Place(bucket));
        }
    }

    private static void WriteTable(HtmlWriter html, BucketExplanation bucket, string word)
    {
        using (html.Element("details", ("class", "position-table")))
        {
            html.Element("summary", null, "As a table");
            using (html.Element("table"))
            using (html.Element("tbody"))
            {
                Row(html, "This context", Share(bucket.Position));
                Row(html, $"First {word}", Share(bucket.From));
                Row(html, $"First not {word} any more", Share(bucket.To));
            }
        }
    }

    private static void Row(HtmlWriter html, string name, string share)
    {
        using (html.Element("tr"))
        {
            using (html.Element("th", ("scope", "row")))
                html.Text(name);
            html.Element("td", null, share + "\u00A0%");
        }
    }
}
