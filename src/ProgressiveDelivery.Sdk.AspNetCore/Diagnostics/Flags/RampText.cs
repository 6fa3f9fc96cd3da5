using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Describes in words where a ramp is and what it waits for.</summary>
internal static class RampText
{
    private const int MaxConditions = 2;

    /// <summary>Writes the cell of the list: the percentage, and the next step.</summary>
    public static void Write(HtmlWriter html, FlagView flag)
    {
        if (flag.Ramps.Count == 0)
        {
            html.Missing("no ramp");
            return;
        }

        var ramp = flag.Ramps[0];

        html.Element("strong", null, Now(flag, ramp));
        html.Text(" · ");
        Next(html, flag, ramp);
        if (flag.Ramps.Count > 1)
            html.Text($" · and {flag.Ramps.Count - 1} more");
    }

    /// <summary>Returns the percentage now: 0 while a guard has another variant served, or an operator, or the backend.</summary>
    public static string Now(FlagView flag, RampStatus ramp) => flag.Reverted is { } || flag.IsKilled ? $"0\u00A0%, was {Marks.Percent(ramp.Percent)}" : Marks.Percent(ramp.Percent);

    private static void Next(HtmlWriter html, FlagView flag, RampStatus ramp)
    {
        if (flag.Reverted is { NextProbe: { } probe })
        {
            html.Text("tries again at ");
            html.Time(probe, flag.Now);
        }
        else if (flag.Reverted is not null)
        {
            html.Text("waits until the guard is cleared");
        }
        else if (ramp.IsPaused)
        {
            html.Text("stopped");
        }
        else if (ramp.Next is not { } next)
        {
            html.Text(ramp.Percent == 100 ? "done" : "no step left");
        }
        else
        {
            html.Text(Marks.Percent(next));
            if (ramp.NextAt is { } at && at > flag.Now)
            {
                html.Text(" at ");
                html.Time(at, flag.Now);
            }

            foreach (var condition in ramp.WaitsFor.Take(MaxConditions))
            {
                html.Text(", ");
                html.Name(condition);
            }

            if (ramp.WaitsFor.Count > MaxConditions)
                html.Text($" and {ramp.WaitsFor.Count - MaxConditions} more");
        }
    }
}
