using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>The sheet of an act, and its outcome. Reading it does nothing.</summary>
internal sealed class ActScreen : Screen
{
    public override string Path => "act";

    public override string Entry => "history";

    public override string Title(ScreenContext page) => page.Query("told") is null ? "Act" : "Outcome of the act";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        var attempt = page.Http.Features.Get<ActAttempt>();
        page.StatusCode = attempt?.Status ?? page.StatusCode;
        if (attempt is null && page.Query("told") is { } told)
            WriteOutcome(html, page, told);
        else if (!page.MayAct)
            WriteNotAllowed(html, page, attempt?.Message);
        else
            WriteSheet(html, page, attempt);
    }

    private static void WriteSheet(HtmlWriter html, ScreenContext page, ActAttempt? attempt)
    {
        var input = attempt?.Input ?? ActInput.FromQuery(page.Http.Request.Query);
        if (OperatorActs.Find(input.Do) is not { } act)
        {
            page.StatusCode = attempt?.Message is null ? StatusCodes.Status404NotFound : page.StatusCode;
            WriteSection(html, Tone.None, "There is no such act.", attempt?.Message ?? "The link is wrong, or from another version of the page. Nothing was done.", page.Link("history"), "To the history");
            return;
        }

        var subject = new ActSubject(page, input);
        if (attempt is null && IsMissing(act, subject))
            page.StatusCode = StatusCodes.Status404NotFound;
        new ActSheet(html, act, subject, attempt).Write();
    }

    private static bool IsMissing(OperatorAct act, ActSubject subject) =>
        act.Obstacle(subject) is not null && (act.IsOnFlag
            ? subject.Flag is null || (subject.Input.Variant is { } variant && subject.Flag.Variants.All(known => known.Name != variant))
            : subject.Input.Version is not null);

    private static void WriteNotAllowed(HtmlWriter html, ScreenContext page, string? message)
    {
        page.StatusCode = StatusCodes.Status403Forbidden;
        WriteSection(html, Tone.Warn, "You may look, but not act here.", message ?? "Ask for the policy for acting. Nothing was done.", page.Link("history"), "To the history");
    }

    private static void WriteOutcome(HtmlWriter html, ScreenContext page, string told)
    {
        if (page.Site.Results.Find(told) is not { } result)
        {
            page.StatusCode = StatusCodes.Status404NotFound;
            WriteSection(html, Tone.None, "This outcome is not kept any more.", "The audit trail has each act that was done.", page.Link("audit"), "To the audit trail");
            return;
        }

        var (tone, headline) = Words(result.Outcome.Result);
        var (link, text) = result.Flag is { } flag ? (page.Link("flag", ("key", flag)), "To the flag") : (page.Link("history"), "To the history");
        WriteSection(html, tone, headline, result.Outcome.Message, link, text);
        using (html.Element("p", ("class", "note")))
        {
            html.Text("Done ");
            html.Time(result.At, page.Now);
            html.Text(". It holds in this process only.");
        }
    }

    private static (Tone Tone, string Headline) Words(ControlResult result) => result switch
    {
        ControlResult.Done => (Tone.Good, "Done."),
        ControlResult.DoneWithoutEffect => (Tone.Warn, "Done, but no answer changes for now."),
        ControlResult.DoneUntilRestart => (Tone.Warn, "Done, but it will not survive a restart."),
        _ => (Tone.Waits, "Ordered. The source has not answered yet."),
    };

    private static void WriteSection(HtmlWriter html, Tone tone, string headline, string message, string link, string text)
    {
        html.Element("h1", "unseen", headline);
        Statement.Write(html, tone, headline, () => html.Element("p", null, message), () =>
        {
            using (html.Element("a", ("class", "button"), ("href", link)))
                html.Text(text);
        });
    }
}
