using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>Does an act that was sent, and leads to its outcome. What was not done is shown in the sheet again.</summary>
internal static class ActEndpoint
{
    private static readonly ActScreen Sheet = new();

    public static async Task AnswerAsync(HttpContext http, DiagnosticsPage page)
    {
        if (await TryAsync(http, page).ConfigureAwait(false) is not { } attempt)
            return;
        http.Features.Set(attempt);
        await page.AnswerAsync(http, Sheet).ConfigureAwait(false);
    }

    // Null if the act was done.
    private static async Task<ActAttempt?> TryAsync(HttpContext http, DiagnosticsPage page)
    {
        var input = ActInput.FromQuery(http.Request.Query);
        if (await page.Acts.CheckAsync(http).ConfigureAwait(false) is { } refusal)
        {
            Deny(http, page.Site, input, refusal.Message);
            return new(input, refusal.Status, []) { Message = refusal.Message };
        }

        input = input.With(http.Request.Form);
        if (OperatorActs.Find(input.Do) is not { } act)
            return new(input, StatusCodes.Status404NotFound, []);
        var subject = new ActSubject(await page.ContextOfAsync(http).ConfigureAwait(false), input);
        if (act.Obstacle(subject) is { } obstacle)
            return new(input, StatusCodes.Status409Conflict, []) { Message = obstacle };
        if (act.Choices(subject).Count > 0)
            return new(input, StatusCodes.Status400BadRequest, []) { Message = "Nothing was chosen, and nothing was done." };
        if (ActForm.Check(act, subject) is { Count: > 0 } faults)
            return new(input, StatusCodes.Status400BadRequest, faults);
        if (ActInput.Number(input.Revision) is not { } revision)
            return new(input, StatusCodes.Status400BadRequest, []) { Message = "The form does not say which state it was made for. Nothing was done. Look again.", IsOutdated = true };
        var outcome = await DoAsync(page.Site.Control, act, subject, ActForm.Read(act, subject, revision)).ConfigureAwait(false);
        return Conclude(http, page.Site, subject, outcome);
    }

    // A kill must not fail for want of a disk: where the box is ticked by default, it is done for as long as it can hold, and the outcome says so.
    private static async Task<ControlOutcome> DoAsync(ISnapshotControl control, OperatorAct act, ActSubject subject, ControlAct order)
    {
        var outcome = await act.DoAsync(control, subject, order).ConfigureAwait(false);
        if (outcome.Result != ControlResult.CannotSurviveRestart || !act.SurvivesByDefault)
            return outcome;
        var shorter = await act.DoAsync(control, subject, order with { SurvivesRestart = false }).ConfigureAwait(false);
        return shorter.Result == ControlResult.Done ? shorter with { Result = ControlResult.DoneUntilRestart, Message = shorter.Message + " " + outcome.Message } : shorter;
    }

    private static ActAttempt? Conclude(HttpContext http, DiagnosticsSite site, ActSubject subject, ControlOutcome outcome)
    {
        var input = subject.Input;
        if (outcome.IsDone)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = subject.Page.Link("act", ("told", site.Results.Add(outcome, site.Clock.GetUtcNow(), input.Flag)));
            return null;
        }

        site.Logger.ActNotDone(site.ClientLabel, Line(subject.Page.User), Line(input.Do), Line(Subject(input)), outcome.Result, Line(outcome.Message));
        if (outcome.Result == ControlResult.Outdated)
            return new(input, StatusCodes.Status409Conflict, []) { IsOutdated = true };
        // The box is left empty: what the operator wants now is possible without it.
        if (outcome.Result == ControlResult.CannotSurviveRestart)
            return new(input with { Survives = false }, StatusCodes.Status409Conflict, [new("survives", outcome.Message)]);
        return new(input, StatusCodes.Status409Conflict, []) { Message = outcome.Message };
    }

    private static void Deny(HttpContext http, DiagnosticsSite site, ActInput input, string why) =>
        site.Logger.ActDenied(site.ClientLabel, Line(ScreenContext.NameOf(http.User) ?? "unknown"), Line(input.Do), Line(Subject(input)), why);

    private static string Subject(ActInput input) => input.Flag ?? input.Version ?? "the snapshot in force";

    // A name must not begin a line of the log.
    private static string Line(string text) => SafeText.Escape(SafeText.Cut(text));
}
