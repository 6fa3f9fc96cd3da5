using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Saves a context that was typed, for users who may see the page. It needs the token of the form.</summary>
internal static class SaveContextEndpoint
{
    private static readonly ExplainScreen Screen = new();

    public static async Task AnswerAsync(HttpContext http, DiagnosticsPage page)
    {
        if (await page.Acts.CheckFormAsync(http).ConfigureAwait(false) is { } refusal)
        {
            await ShowAsync(http, page, new() { Key = "" }, refusal.Message, refusal.Status).ConfigureAwait(false);
            return;
        }

        var question = ExplainQuestion.FromForm(http.Request.Form);
        var contexts = page.Site.Contexts;
        var draft = ContextDraft.Of(question, contexts.Find(question.Saved), page.Options.PrivateAttributes);
        var name = question.SaveAs?.Trim() ?? "";
        var fault = draft.Context is { } context ? contexts.Save(name, context) : "The context is not right yet: see its fields.";
        if (fault is not null)
        {
            await ShowAsync(http, page, question, fault, StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        var link = (await page.ContextOfAsync(http).ConfigureAwait(false)).Link("explain", ("saved", name), ("flag", question.Flag.Length > 0 ? question.Flag : null), ("at", question.At is { Length: > 0 } at ? at : null));
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = link;
    }

    /// <summary>Answers with an empty form: the address stays in the browser after a context that was not saved.</summary>
    public static Task ShowAsync(HttpContext http, DiagnosticsPage page) => page.AnswerAsync(http, Screen);

    private static Task ShowAsync(HttpContext http, DiagnosticsPage page, ExplainQuestion question, string fault, int status)
    {
        http.Features.Set(question);
        http.Features.Set(new SaveFault(fault, status));
        return page.AnswerAsync(http, Screen);
    }
}

/// <summary>The reason why a context was not saved.</summary>
/// <param name="Message">A sentence for the user.</param>
/// <param name="Status">The status of the answer.</param>
internal sealed record SaveFault(string Message, int Status);
