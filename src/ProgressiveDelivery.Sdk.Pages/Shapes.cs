using System.Globalization;

namespace ProgressiveDelivery.Sdk.Pages;

/// <summary>Writes coordinates and the few shapes that all drawings share.</summary>
internal static class Shapes
{
    /// <summary>Writes a share of the width as percent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>Writes a length in pixels.</summary>
    public static string Px(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Draws a horizontal or vertical line between two points; x is a share of the width, y is pixels.</summary>
    public static void Line(this HtmlWriter html, string cssClass, double x1, double y1, double x2, double y2) =>
        html.Empty("line", ("class", cssClass), ("x1", Percent(x1)), ("y1", Px(y1)), ("x2", Percent(x2)), ("y2", Px(y2)));

    /// <summary>Writes a text in a drawing.</summary>
    public static void Label(this HtmlWriter html, string cssClass, string x, double y, string text)
    {
        using (html.Element("text", ("class", cssClass), ("x", x), ("y", Px(y))))
            html.Text(text);
    }

    /// <summary>Opens a place in a drawing whose origin is a point; what is drawn there keeps its size.</summary>
    public static HtmlWriter.Scope At(this HtmlWriter html, double x, double y, string? cssClass = null) =>
        html.Element("svg", ("x", Percent(x)), ("y", Px(y)), ("width", "1"), ("height", "1"), ("overflow", "visible"), ("class", cssClass));

    /// <summary>Opens the stretched part of a drawing: x from 0 to 100, y in pixels. Lines in it keep their width.</summary>
    public static HtmlWriter.Scope Stretched(this HtmlWriter html, double height) =>
        html.Element("svg", ("viewBox", "0 0 100 " + Px(height)), ("width", "100%"), ("height", Px(height)), ("preserveAspectRatio", "none"));

    /// <summary>Draws a path in the stretched part.</summary>
    public static void Path(this HtmlWriter html, string cssClass, string data) =>
        html.Empty("path", ("class", cssClass), ("d", data), ("vector-effect", "non-scaling-stroke"));
}
