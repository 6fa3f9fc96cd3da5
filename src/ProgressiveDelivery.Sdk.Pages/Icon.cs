namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>Draws the icons of states. Each state has a shape and a tone; the word always stands beside.</summary>
internal static class Icon
{
    private const string Octagon = "M7.5 2h9L22 7.5v9L16.5 22h-9L2 16.5v-9Z";
    private const string Triangle = "M12 2.2L23 21.5H1Z";

    /// <summary>Writes an icon. Its tone is the color of the text that it stands in.</summary>
    public static void Write(HtmlWriter html, (string Tone, string Shape) icon, string size)
    {
        using (html.Element("svg", ("class", "icon " + icon.Tone), ("viewBox", "0 0 24 24"), ("width", size), ("height", size), ("aria-hidden", "true")))
            Draw(html, icon.Shape);
    }

    private static void Draw(HtmlWriter html, string shape)
    {
        switch (shape)
        {
            case "check": Solid(html, "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0Z", "M7 12.4l3.4 3.4L17 9"); break;
            case "octagon": Solid(html, Octagon, "M8.5 8.5l7 7M15.5 8.5l-7 7"); break;
            case "triangle": Solid(html, Triangle, "M12 9v6M12 18v.6"); break;
            case "clock": Outline(html, null, "M12 6.5V12l3.6 2.2"); break;
            case "equal": Outline(html, null, "M7.5 9.8h9M7.5 14.2h9"); break;
            case "pause": Solid(html, "M5 2h14a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Z", "M9.5 8v8M14.5 8v8"); break;
            default: Outline(html, "3.4 2.88", "M8.5 12h7"); break;
        }
    }

    private static void Solid(HtmlWriter html, string body, string sign)
    {
        html.Empty("path", ("class", "body"), ("d", body));
        html.Empty("path", ("class", "sign"), ("d", sign));
    }

    private static void Outline(HtmlWriter html, string? dashes, string sign)
    {
        html.Empty("circle", ("class", "outline"), ("cx", "12"), ("cy", "12"), ("r", "9.5"), ("stroke-dasharray", dashes));
        html.Empty("path", ("class", "outline"), ("d", sign));
    }
}
