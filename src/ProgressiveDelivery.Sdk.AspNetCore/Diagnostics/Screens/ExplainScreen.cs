using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

/// <summary>Explains how a flag is decided for a context: the form at the left, the answer at the right. An explanation is no exposure and is not counted.</summary>
internal sealed class ExplainScreen : Screen
{
    public override string Path => "explain";

    public override string Title(ScreenContext page) => "Explain";

    public override void Write(HtmlWriter html, ScreenContext page)
    {
        var question = page.Http.Features.Get<ExplainQuestion>() ?? ExplainQuestion.FromQuery(page);
        var saving = page.Http.Features.Get<SaveFault>();
        var rules = FindRules(page, question.At);
        var flag = rules?.Flags.LastOrDefault(known => known.Key == question.Flag);
        var saved = page.Site.Contexts.Find(question.Saved);
        var draft = question.IsAsked && saving is null ? ContextDraft.Of(question, saved, page.Options.PrivateAttributes) : null;
        page.StatusCode = saving?.Status ?? (draft?.Faults.Count > 0 ? StatusCodes.Status400BadRequest : page.StatusCode);

        html.Element("h1", null, Title(page));
        using (html.Element("div", ("class", "explain")))
        {
            new ExplainForm(html, page, question, flag, saved, draft).Write(saving?.Message);
            using (html.Element("div", ("class", "explain-answer"), ("id", "answer")))
                WriteAnswer(html, page, question, rules, flag, draft);
        }
    }

    // Null if the history does not have the version. The client adds notes on guards to explanations, a snapshot does not.
    private static IFeatureSnapshot? FindRules(ScreenContext page, string? at)
    {
        if (at is not { Length: > 0 })
            return page.Snapshot;
        return ActInput.Number(at) is { } version ? page.Diagnostics.FindSnapshot(version) : null;
    }

    private static void WriteAnswer(HtmlWriter html, ScreenContext page, ExplainQuestion question, IFeatureSnapshot? rules, FlagInfo? flag, ContextDraft? draft)
    {
        if (rules is null)
        {
            page.StatusCode = StatusCodes.Status404NotFound;
            Say(html, Tone.None, "No such snapshot.", $"The history has no snapshot “{SafeText.Cut(question.At ?? "", 40)}” any more. Choose another one.");
        }
        else if (question.Flag.Length == 0)
        {
            Say(html, Tone.None, "Which flag, for whom?", "Choose a saved context, or type a key and attributes. Then name the flag.");
        }
        else if (flag is null)
        {
            page.StatusCode = StatusCodes.Status404NotFound;
            WriteUnknown(html, page, question, rules);
        }
        else if (question.Saved is { } name && page.Site.Contexts.Find(name) is null)
        {
            page.StatusCode = StatusCodes.Status404NotFound;
            Say(html, Tone.None, "No such saved context.", $"“{SafeText.Cut(name)}” is not saved in this process. Choose another one, or type the context.");
        }
        else if (draft is null)
        {
            Say(html, Tone.None, "For whom?", "Choose a saved context, or type a key and attributes.");
        }
        else if (draft.Context is not { } context)
        {
            Say(html, Tone.Warn, "The context cannot be read.", "See what is wrong below its field. What was typed is still there.");
        }
        else
        {
            var isNow = question.At is not { Length: > 0 };
            var explanation = isNow ? page.Site.Client.Explain(flag.Key, context) : rules.Explain(flag.Key, context);
            new ExplanationView(html, page, flag, context, explanation, isNow).Write();
        }
    }

    private static void WriteUnknown(HtmlWriter html, ScreenContext page, ExplainQuestion question, IFeatureSnapshot rules)
    {
        var nearest = NearestNames.Of(question.Flag, rules.Flags.Select(flag => flag.Key));
        Statement.Write(html, Tone.None, $"No flag “{SafeText.Cut(question.Flag)}” in snapshot {ActSubject.Text(rules.Version)}.", () =>
        {
            if (nearest.Count == 0)
            {
                html.Element("p", null, "Its callers get the fallback of their code. No flag has a name like it.");
                return;
            }

            using (html.Element("p"))
            {
                html.Text("Its callers get the fallback of their code. Near to it: ");
                for (var i = 0; i < nearest.Count; i++)
                {
                    if (i > 0)
                        html.Text(", ");
                    using (html.Element("a", ("href", page.Link("explain", ("flag", nearest[i]), ("saved", question.Saved), ("at", question.At)))))
                        html.Key(nearest[i]);
                }

                html.Text(".");
            }
        });
    }

    private static void Say(HtmlWriter html, Tone tone, string headline, string line) => Statement.Write(html, tone, headline, () => html.Element("p", null, line));
}
