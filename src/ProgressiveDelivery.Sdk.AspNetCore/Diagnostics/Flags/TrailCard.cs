using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes the last acts on a flag, of operators and guards.</summary>
internal static class TrailCard
{
    private const int MaxRecords = 20;

    public static void Write(HtmlWriter html, ScreenContext page, FlagView flag)
    {
        var records = page.Control.AuditTrail.Where(record => record.Flag == flag.Key).OrderByDescending(static record => record.At).Take(MaxRecords + 1).ToList();
        using (html.Card("Audit trail of this flag", "flag-trail"))
        {
            if (records.Count == 0)
            {
                html.Element("p", "empty", "No control act yet.");
                return;
            }

            using (html.Element("ol", ("class", "flags-trail")))
            {
                foreach (var record in records.Take(MaxRecords))
                    WriteRecord(html, page, record);
            }

            if (records.Count > MaxRecords)
            {
                using (html.Element("p", ("class", "flags-part")))
                using (html.Element("a", ("href", page.Link("audit", ("flag", flag.Key)))))
                    html.Text("All acts");
            }
        }
    }

    private static void WriteRecord(HtmlWriter html, ScreenContext page, ControlRecord record)
    {
        using (html.Element("li"))
        {
            html.Time(record.At, page.Now);
            using (html.Element("div"))
            {
                using (html.Element("p"))
                {
                    using (html.Element("strong"))
                        html.Name(record.By, maxLength: 120);
                    html.Text(" ");
                    Act(html, record);
                }

                using (html.Element("p", ("class", "sub")))
                    html.Reason(record, 300);
            }
        }
    }

    private static void Act(HtmlWriter html, ControlRecord record)
    {
        html.Text(Verb(record.Kind));
        if (record.FromVariant is { } from)
        {
            html.Text(" ");
            html.Chip(from);
        }

        if (record.ToVariant is not { } to)
            return;
        html.Text(record.FromVariant is null ? " " : " → ");
        html.Chip(to);
    }

    private static string Verb(ControlActKind kind) => kind switch
    {
        ControlActKind.Override => "overrode the flag to",
        ControlActKind.RemoveOverride => "removed the override",
        ControlActKind.OverrideExpired => "had set an override that expired",
        ControlActKind.OverrideRestored => "had set an override that was restored after a restart",
        ControlActKind.ForceVariant => "forced a variant for a test",
        ControlActKind.GuardTripped => "tripped",
        ControlActKind.GuardRestored => "tripped before the restart; restored",
        ControlActKind.ProbeBegun => "tries the variant again",
        ControlActKind.ProbeEnded => "ended its probe; the variant stays reverted",
        ControlActKind.GuardClosed => "closed",
        ControlActKind.ResetGuards => "cleared the guards",
        ControlActKind.StepReached => "took a step",
        ControlActKind.RampPaused => "was stopped",
        _ => "acted: " + kind,
    };
}
