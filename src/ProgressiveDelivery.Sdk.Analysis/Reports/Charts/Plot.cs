namespace ProgressiveDelivery.Sdk.Analysis.Reports.Charts;

/// <summary>The frame of a chart over days: labels of y in a column of their own, the area, labels of days below. It is sharp at each width.</summary>
internal sealed class Plot(HtmlWriter html, IReadOnlyList<DateOnly> days, double height, double low, double high)
{
    private const double Top = 8;

    /// <summary>The height in pixels.</summary>
    public double Height => height;

    /// <summary>Returns the place of a day as a share of the width.</summary>
    public double X(int day) => (day + 0.5) / days.Count;

    /// <summary>Returns the place of a value in pixels from the top; a value far outside stays near enough for a path.</summary>
    public double Y(double value) => Math.Clamp(Top + (high - value) / (high - low) * (height - 2 * Top), -height, 2 * height);

    /// <summary>Opens the chart, draws the labels and the grid, and opens the area. Disposing of the result closes both.</summary>
    public void Draw(string sentence, IEnumerable<(double Value, string Label)> ticks, Action area)
    {
        var all = ticks.ToList();
        using (html.Element("div", ("class", "plot"), ("role", "img"), ("aria-label", sentence)))
        {
            using (html.Element("svg", ("class", "ylabels"), ("width", "52"), ("height", Shapes.Px(height)), ("aria-hidden", "true")))
            {
                foreach (var (value, label) in all)
                    html.Label("tick end", "46", Y(value) + 4, label);
            }

            using (html.Element("svg", ("class", "area"), ("width", "100%"), ("height", Shapes.Px(height)), ("aria-hidden", "true")))
            {
                foreach (var (value, _) in all)
                    html.Line(value == 0 ? "zero" : "grid", 0, Y(value), 1, Y(value));
                area();
            }

            using (html.Element("svg", ("class", "xlabels"), ("width", "100%"), ("height", "20"), ("aria-hidden", "true")))
            {
                foreach (var (day, label) in DayLabels.Of(days))
                    DayLabel(X(day), label);
            }
        }
    }

    // At the edges a label stays inside of the card, and still near its day.
    private void DayLabel(double x, string label)
    {
        var (anchor, offset) = x < 0.07 ? ("start", "-10") : x > 0.93 ? ("end", "10") : ("mid", "0");
        using (html.At(x, 15))
            html.Label("tick " + anchor, offset, 0, label);
    }
}
