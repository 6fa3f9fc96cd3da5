namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>Draws the marks of variants, each with a shape of its own, so that they are told apart without color.</summary>
internal static class VariantMark
{
    private static readonly string[] Shapes =
    [
        "M-5-5H5V5H-5Z",
        "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0Z",
        "M0-6L6 5H-6Z",
        "M0-6.5L6.5 0L0 6.5L-6.5 0Z",
        "M0 6L6-5H-6Z",
        "M-5.5-3L-3-5.5L0-2.5L3-5.5L5.5-3L2.5 0L5.5 3L3 5.5L0 2.5L-3 5.5L-5.5 3L-2.5 0Z",
    ];

    /// <summary>The stroke pattern of each line.</summary>
    private static readonly string?[] Dashes = [null, null, "7 4", "2 3", "8 3 2 3", "12 4"];

    /// <summary>Draws the mark around the origin.</summary>
    public static void Draw(HtmlWriter html, int slot) => html.Empty("path", ("class", "f" + Digit(slot)), ("d", Shapes[slot]));

    /// <summary>Writes the mark as a picture in text.</summary>
    public static void Inline(HtmlWriter html, int slot)
    {
        using (html.Element("svg", ("class", "mark"), ("viewBox", "-7 -7 14 14"), ("width", "14"), ("height", "14"), ("aria-hidden", "true")))
            Draw(html, slot);
    }

    /// <summary>Draws a line in the stretched part of a chart.</summary>
    public static void Line(HtmlWriter html, int slot, string data) =>
        html.Empty("path", ("class", "curve s" + Digit(slot)), ("d", data), ("stroke-dasharray", Dashes[slot]), ("vector-effect", "non-scaling-stroke"));

    /// <summary>Returns the number of a mark as the end of a class.</summary>
    public static string Digit(int slot) => ((char)('0' + slot)).ToString();
}
