using ProgressiveDelivery.Sdk.Analysis.Reports.Html;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;
using ProgressiveDelivery.Sdk.Analysis.Wording;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Charts;

/// <summary>
/// Draws an effect with its interval on the axis that all metrics share. An end outside of the axis is an arrow with its number; the mark says the reading by its shape.
/// </summary>
internal sealed class IntervalDrawing(HtmlWriter html, RelativeScale scale)
{
    /// <summary>The height in pixels of a row.</summary>
    public const double Height = 46;

    private const double Middle = Height / 2;

    /// <summary>Draws the labels of the axis.</summary>
    public void Axis(string cssClass)
    {
        using (html.Element("svg", ("class", cssClass), ("width", "100%"), ("height", "18"), ("aria-hidden", "true")))
        {
            foreach (var tick in scale.Ticks)
                html.Label("tick mid", Shapes.Percent(scale.Position(tick)), 13, TickLabel(tick));
        }
    }

    /// <summary>Draws a row.</summary>
    public void Row(VariantEffect effect, double? margin, string label)
    {
        var (tone, _) = VerdictIcon.Of(effect.Reading);
        using (html.Element("div", ("role", "img"), ("aria-label", label), ("class", "drawing " + tone)))
        using (html.Element("svg", ("width", "100%"), ("height", Shapes.Px(Height)), ("aria-hidden", "true")))
        {
            foreach (var tick in scale.Ticks)
                html.Line(tick == 0 ? "zero" : "grid", scale.Position(tick), 0, scale.Position(tick), Height);
            if (margin is { } limit && scale.Holds(limit))
                html.Line("limit", scale.Position(limit), 4, scale.Position(limit), Height - 4);
            if (effect.Relative is { } interval)
                Interval(interval, effect.Reading);
        }
    }

    /// <summary>Writes the sentence of a drawing.</summary>
    public static string Sentence(string variant, VariantEffect effect)
    {
        var reading = Words.Reading(effect.Reading);
        return effect.Relative is { } interval
            ? $"{variant}: {Numbers.Change(interval.Estimate)}, {Numbers.Level(effect.Level)} interval {Range(interval)}. {reading}."
            : $"{variant}: no interval. {reading}.";
    }

    /// <summary>Writes the ends of an interval; an open end is said in words.</summary>
    public static string Range(Interval interval)
    {
        return (double.IsFinite(interval.Low), double.IsFinite(interval.High)) switch
        {
            (true, true) => $"{Numbers.Change(interval.Low)} to {Numbers.Change(interval.High)}",
            (true, false) => $"{Numbers.Change(interval.Low)} or more",
            (false, true) => $"{Numbers.Change(interval.High)} or less",
            _ => "without limits",
        };
    }

    private void Interval(Interval interval, EffectReading reading)
    {
        var (low, high) = (Math.Clamp(interval.Low, scale.Low, scale.High), Math.Clamp(interval.High, scale.Low, scale.High));
        var (from, to) = (scale.Position(low), scale.Position(high));
        html.Empty("rect", ("class", "bar"), ("x", Shapes.Percent(from)), ("y", Shapes.Px(Middle - 5)), ("width", Shapes.Percent(to - from)), ("height", "10"));
        html.Line("whisker", from, Middle, to, Middle);
        End(interval.Low, from, isLow: true);
        End(interval.High, to, isLow: false);
        if (scale.Holds(interval.Estimate))
            Estimate(scale.Position(interval.Estimate), reading);
    }

    private void End(double value, double x, bool isLow)
    {
        if (scale.Holds(value))
        {
            html.Line("whisker", x, Middle - 7, x, Middle + 7);
            return;
        }

        // Both ends may lie beyond the same edge: the arrow points to where the end is.
        var pointsLeft = value < scale.Low;
        using (html.At(pointsLeft ? 0 : 1, Middle))
            html.Empty("path", ("class", "solid"), ("d", pointsLeft ? "M0 0L9-6V6Z" : "M0 0L-9-6V6Z"));
        if (double.IsFinite(value))
            html.Label(pointsLeft ? "beyond" : "beyond end", pointsLeft ? "0%" : "100%", isLow == pointsLeft ? Middle - 10 : Middle + 19, Numbers.Change(value));
    }

    private void Estimate(double x, EffectReading reading)
    {
        using (html.At(x, Middle))
        {
            if (VerdictIcon.Of(reading).Tone == "good")
                html.Empty("circle", ("class", "solid"), ("r", "6.5"));
            else if (VerdictIcon.Of(reading).Tone == "bad")
                html.Empty("path", ("class", "solid"), ("d", "M-2.9-7h5.8L7-2.9v5.8L2.9 7h-5.8L-7 2.9v-5.8Z"));
            else
                html.Empty("path", ("class", "hollow"), ("d", "M0-6.5L6.5 0L0 6.5L-6.5 0Z"));
        }
    }

    private static string TickLabel(double tick) => tick == 0 ? "0" : Numbers.Signed(tick * 100, 0) + "\u00A0%";
}
