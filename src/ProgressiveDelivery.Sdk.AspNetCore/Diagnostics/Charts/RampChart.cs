using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;

/// <summary>Draws the steps of a rollout from left to right: reached ones filled, the others outlined. The height is a sketch, the label is the number.</summary>
internal static class RampChart
{
    private const double Floor = 10;
    private const double Room = 42;
    private const int MaxSteps = 8;

    /// <summary>Returns the steps to draw: those of the definition around the present one; else the present one and the next.</summary>
    public static IReadOnlyList<RampStep> Steps(RampStatus ramp, IReadOnlyList<RampStep> defined)
    {
        if (defined.Count == 0)
        {
            var now = new RampStep(ramp.Since, ramp.Percent, HasGate: false);
            return ramp.Next is { } next ? [now, new(ramp.NextAt, next, HasGate: ramp.WaitsFor.Count > 0)] : [now];
        }

        var reached = defined.Count(step => step.Percent <= ramp.Percent);
        return [.. defined.Skip(Math.Clamp(reached - MaxSteps / 2, 0, Math.Max(0, defined.Count - MaxSteps))).Take(MaxSteps)];
    }

    /// <summary>Draws the chart.</summary>
    public static void Write(HtmlWriter html, RampStatus ramp, IReadOnlyList<RampStep> steps, int slot, bool isStopped, DateTimeOffset now)
    {
        using (html.Element("div", ("class", "flags-steps"), ("role", "img"), ("aria-label", Sentence(ramp, now))))
        {
            foreach (var step in steps)
                Step(html, ramp, step, slot, isStopped, now);
        }
    }

    /// <summary>Returns the chart in one sentence.</summary>
    public static string Sentence(RampStatus ramp, DateTimeOffset now)
    {
        var since = ramp.Since is { } time ? $" since {Times.Text(time, now)}" : "";
        var next = (ramp.IsPaused, ramp.Next) switch
        {
            (true, _) => "It is stopped.",
            (_, null) => "No step is left.",
            (_, { } percent) => $"Next {Marks.Percent(percent)}" + (Conditions(ramp, now) is { Count: > 0 } waits ? $", waits for: {string.Join(", ", waits)}." : ", at once."),
        };
        return $"At {Marks.Percent(ramp.Percent)}{since}. {next}";
    }

    private static List<string> Conditions(RampStatus ramp, DateTimeOffset now)
    {
        var conditions = ramp.WaitsFor.Take(5).Select(static condition => SafeText.Cut(condition)).ToList();
        if (ramp.NextAt is { } at && at > now)
            conditions.Add(Times.Text(at, now));
        return conditions;
    }

    private static void Step(HtmlWriter html, RampStatus ramp, RampStep step, int slot, bool isStopped, DateTimeOffset now)
    {
        var isReached = step.Percent <= ramp.Percent;
        var height = Floor + Room * (double)Math.Clamp(step.Percent, 0, 100) / 100;
        using (html.Element("div", ("class", "flags-step")))
        {
            html.Element("strong", null, Marks.Percent(step.Percent));
            using (html.Element("svg", ("width", "100%"), ("height", Shapes.Px(height)), ("aria-hidden", "true")))
            {
                html.Empty("rect", ("class", isReached ? "f" + VariantMark.Digit(slot) : "flags-step-next"), ("x", "1%"), ("y", "1"), ("width", "98%"), ("height", Shapes.Px(height - 2)), ("rx", "2"));
            }

            using (html.Element("span", ("class", "flags-step-time")))
                Time(html, ramp, step, isReached, isStopped, now);
        }
    }

    private static void Time(HtmlWriter html, RampStatus ramp, RampStep step, bool isReached, bool isStopped, DateTimeOffset now)
    {
        var isNow = step.Percent == ramp.Percent;
        if (isNow && isStopped)
        {
            html.Icon(Tone.Hold, 14);
            html.Text(" stopped");
            return;
        }

        if ((isNow && ramp.Since is not null ? ramp.Since : step.At) is not { } time)
            return;
        if (isNow)
            html.Text("since ");
        else if (!isReached)
            html.Text("not before ");
        using (html.Element("time", ("datetime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))))
            html.Text(Times.Text(time, now).Replace(",\u00A0", ", ", StringComparison.Ordinal));
    }
}
