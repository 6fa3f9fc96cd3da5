using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;

/// <summary>The frame of a chart: labels of y in a column of their own, the area, labels of x below. Sharp at each width: x in percent, y in pixels.</summary>
internal sealed class Plot(HtmlWriter html, double width, double height, double low, double high)
{
    private const double Top = 24;
    private const double Bottom = 10;

    /// <summary>Returns the place of an x as a share of the width, a little inside of the right edge.</summary>
    public double X(double value) => width <= 0 ? 0 : Math.Clamp(value / width, 0, 1) * 0.97;

    /// <summary>Returns the place of a value in pixels from the top.</summary>
    public double Y(double value) => Math.Clamp(Top + (high - Math.Clamp(value, low, high)) / (high - low) * (height - Top - Bottom), 0, height);

    /// <summary>Opens the chart, draws labels and grid, and draws the area.</summary>
    public void Draw(string sentence, IEnumerable<(double Value, string Label)> yTicks, IEnumerable<(double Value, string Label)> xTicks, string xTitle, Action area)
    {
        using (html.Element("div", ("class", "flags-plot"), ("role", "img"), ("aria-label", sentence)))
        {
            var ticks = yTicks.ToList();
            using (html.Element("svg", ("class", "flags-y"), ("width", "52"), ("height", Shapes.Px(height)), ("aria-hidden", "true")))
            {
                foreach (var (value, label) in ticks)
                    html.Label("flags-tick end", "44", Y(value) + 4, label);
            }

            using (html.Element("svg", ("class", "flags-area"), ("width", "100%"), ("height", Shapes.Px(height)), ("aria-hidden", "true")))
            {
                foreach (var (value, _) in ticks)
                    html.Line(value == 0 ? "flags-zero" : "flags-grid", 0, Y(value), 1, Y(value));
                area();
            }

            using (html.Element("svg", ("class", "flags-x"), ("width", "100%"), ("height", "38"), ("aria-hidden", "true")))
            {
                foreach (var (value, label) in xTicks)
                    XLabel(X(value), 16, label);
                XLabel(0.5, 34, xTitle);
            }
        }
    }

    /// <summary>Returns a line through points, in the coordinates of the stretched part.</summary>
    public string Curve(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X(x) * 100:0.###} {Y(y):0.##}");
        return path.ToString();
    }

    private void XLabel(double x, double y, string label)
    {
        using (html.At(x, y))
            html.Label(x < 0.05 ? "flags-tick" : x > 0.9 ? "flags-tick end" : "flags-tick mid", x > 0.9 ? "12" : "0", 0, label);
    }
}
