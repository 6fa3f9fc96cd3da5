using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Writes an explanation: the answer as a headline, why, and what would change it.</summary>
internal sealed class ExplanationView(HtmlWriter html, ScreenContext page, FlagInfo flag, EvaluationContext context, Explanation explanation, bool isNow)
{
    public void Write()
    {
        WriteHeadline();
        WriteWhy();
        WriteChanges();
    }

    private void WriteHeadline()
    {
        using (html.Element("section", ("class", "banner none explain-headline"), ("aria-labelledby", "explain-headline")))
        {
            WriteMark();
            using (html.Element("div", ("class", "says")))
            {
                using (html.Element("h2", ("id", "explain-headline")))
                {
                    if (explanation.Variant is { } variant)
                        html.Key(variant);
                    else
                        html.Text("The fallback of the code");
                    html.Text(", " + AnswerWords.By(explanation));
                }

                WriteLine();
                if (explanation.Error is { } error)
                    html.Element("p", null, error);
            }
        }
    }

    private void WriteLine()
    {
        using (html.Element("p"))
        {
            html.Text(AnswerWords.Decided(explanation));
            html.Text(" for ");
            if (context.IsPrivate(ContextReference.TargetingKey))
                html.Text("a private key");
            else if (context.TargetingKey is { } key)
                html.Key(key);
            else
                html.Text("a context without a key");
            html.Text(". ");
            if (explanation.Value is { } value)
            {
                html.Text("Value ");
                html.Chip(value);
                html.Text(" · ");
            }

            html.Text((explanation.Value is null ? "Snapshot " : "snapshot ") + ActSubject.Text(explanation.SnapshotVersion) + (isNow ? "" : ", from the history"));
        }
    }

    private void WriteMark()
    {
        if (explanation.Variant is { } variant && flag.Variants.Any(known => known.Name == variant))
            VariantMark.Inline(html, new FlagIndex(page).Of(flag).Slots[variant]);
        else
            html.Icon(Tone.None, 24);
    }

    private void WriteWhy()
    {
        using (html.Element("section", ("class", "card"), ("aria-labelledby", "explain-why")))
        {
            using (html.Element("div", ("class", "card-head")))
            {
                using (html.Element("h2", ("id", "explain-why")))
                    html.Text("Why");
                using (html.Element("p", ("class", "aside explain-key")))
                {
                    Legend(TraceTree.Holds, "holds");
                    Legend(TraceTree.DoesNot, "does not");
                    Legend(TraceTree.NotEvaluated, "not evaluated");
                }
            }

            new TraceTree(html, flag, explanation, isNow ? page.Control.State : null).Write();
        }
    }

    private void WriteChanges()
    {
        var changes = new PossibleChanges(page, flag, explanation, isNow).List();
        using (html.Element("section", ("class", "card"), ("aria-labelledby", "explain-changes")))
        {
            using (html.Element("div", ("class", "card-head")))
            using (html.Element("h2", ("id", "explain-changes")))
                html.Text("What would change it");
            if (changes.Count == 0)
            {
                html.Element("p", "empty", "Only another definition of the flag.");
                return;
            }

            using (html.Element("ul", ("class", "explain-changes")))
            {
                foreach (var change in changes)
                    change.Write(html);
            }
        }
    }

    private void Legend(Tone tone, string text)
    {
        html.Icon(tone, 16);
        html.Element("span", null, text);
    }
}
