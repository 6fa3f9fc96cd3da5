using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>Writes the sheet of an act: what it does, what will change, and the form. It is a page of its own; the script shows it as a dialog.</summary>
internal sealed class ActSheet(HtmlWriter html, OperatorAct act, ActSubject subject, ActAttempt? attempt)
{
    private bool IsOutdated => attempt?.IsOutdated == true;

    public void Write()
    {
        using (html.Element("section", ("class", "sheet"), ("id", "act-sheet"), ("data-revision", ActSubject.Text(subject.State.Revision)), ("data-newest", ActSubject.Text(subject.Newest))))
        {
            var obstacle = act.Obstacle(subject);
            var choices = obstacle is null ? act.Choices(subject) : [];
            using (html.Element("div", ("class", "sheet-head")))
            {
                html.Element("h1", null, act.Question(subject));
                if (obstacle is null && choices.Count == 0)
                    WriteEffect();
            }

            if (attempt?.Message is { } message && message != obstacle)
                WriteMessage(message);
            if (obstacle is not null)
                WriteObstacle(obstacle);
            else if (choices.Count > 0)
                WriteChoices(choices);
            else
                WriteAct();
        }
    }

    /// <summary>Writes that the state has changed since the sheet was drawn.</summary>
    public static string Meanwhile(ActSubject subject) => ActInput.Number(subject.Input.Newest) is { } seen && seen < subject.Newest
        ? $"{ActSubject.Text(subject.Newest)} arrived meanwhile. Look again."
        : "Another act was done meanwhile. Look again.";

    private void WriteEffect()
    {
        using (html.Element("p", ("class", "sheet-effect")))
            html.Prose(act.Effect(subject));
    }

    private void WriteAct()
    {
        var preview = act.Preview(subject);
        using (html.Element("div", ("class", "sheet-part")))
        {
            html.Element("h2", null, "What will change");
            using (html.Element("ul"))
            {
                foreach (var line in preview.Lines)
                    html.Element("li", null, line);
                if (preview.Moves is { } counted)
                {
                    using (html.Element("li"))
                        MovesView.Sentence(html, counted);
                }
            }

            if (preview.Moves is { } moves)
                MovesView.Table(html, moves);
        }

        WriteForm();
    }

    private void WriteForm()
    {
        var action = subject.Page.Link("act", ("do", act.Name), ("version", subject.Input.Version), ("flag", subject.Input.Flag), ("variant", subject.Input.Variant));
        using (html.Element("form", ("class", "sheet-part sheet-form"), ("method", "post"), ("action", action)))
        {
            Hidden(ActGate.FormField, subject.Page.FormToken);
            Hidden("revision", ActSubject.Text(subject.State.Revision));
            Hidden("newest", ActSubject.Text(subject.Newest));
            WriteReason();
            if (act.HasEnd(subject))
                WriteUntil();
            if (act.Stands(subject))
                WriteSurvives();
            WriteAuthor();
            using (html.Element("p", ("class", "sheet-meanwhile"), ("id", "act-meanwhile"), ("role", "status")))
            {
                if (IsOutdated && attempt?.Message is null)
                    html.Text(Meanwhile(subject));
            }

            WriteButtons();
        }
    }

    private void WriteReason()
    {
        var fault = Fault("reason");
        using (html.Element("label", ("for", "act-reason")))
            html.Text("Reason, kept in the audit trail (needed)");
        html.Empty("input", ("class", "field"), ("id", "act-reason"), ("name", "reason"), ("type", "text"), ("required", ""), ("autocomplete", "off"),
            ("maxlength", ActInput.MaxReasonLength.ToString(CultureInfo.InvariantCulture)), ("value", attempt?.Input.Reason ?? ""),
            ("aria-invalid", fault is null ? null : "true"), ("aria-describedby", fault is null ? null : "act-reason-fault"));
        WriteFault("reason", fault);
    }

    private void WriteUntil()
    {
        var (fault, chosen) = (Fault("until"), UntilChoice.Find(attempt?.Input.Until)?.Name ?? UntilChoice.Default);
        using (html.Element("label", ("for", "act-until")))
            html.Text("Until it ends by itself");
        using (html.Element("select", ("class", "field"), ("id", "act-until"), ("name", "until"), ("aria-invalid", fault is null ? null : "true"), ("aria-describedby", fault is null ? null : "act-until-fault")))
        {
            foreach (var choice in UntilChoice.All)
            {
                using (html.Element("option", ("value", choice.Name), ("selected", choice.Name == chosen ? "" : null)))
                    html.Text(choice.Duration is { } duration ? $"{choice.Text}, until {Times.Text(subject.Page.Now + duration, subject.Page.Now)}" : choice.Text);
            }
        }

        WriteFault("until", fault);
    }

    private void WriteSurvives()
    {
        var fault = Fault("survives");
        var isChecked = attempt?.Input.Survives ?? act.SurvivesByDefault;
        using (html.Element("label", ("class", "sheet-check"), ("for", "act-survives")))
        {
            html.Empty("input", ("type", "checkbox"), ("id", "act-survives"), ("name", "survives"), ("value", "yes"), ("checked", isChecked ? "" : null),
                ("aria-describedby", fault is null ? null : "act-survives-fault"));
            html.Text(" Survives a restart of this process");
        }

        WriteFault("survives", fault);
    }

    private void WriteAuthor()
    {
        using (html.Element("p", ("class", "note")))
        {
            html.Text("You act as ");
            html.Name(subject.Page.User);
            if (subject.Page.Options.ActPolicy is { } policy)
            {
                html.Text(", policy ");
                html.Key(policy);
            }

            html.Text(". Other instances do not change.");
        }
    }

    private void WriteButtons()
    {
        using (html.Element("div", ("class", "sheet-buttons")))
        {
            using (html.Element("button", ("class", "button primary"), ("id", "act-confirm"), ("type", "submit"), ("disabled", IsOutdated ? "" : null)))
                html.Text(act.Confirm(subject));
            if (IsOutdated)
                WriteLink("Look again", "act", ("do", act.Name), ("version", subject.Input.Version), ("flag", subject.Input.Flag), ("variant", subject.Input.Variant));
            WriteRefrain(act.Refrain(subject));
        }
    }

    private void WriteObstacle(string obstacle)
    {
        WriteMessage(obstacle);
        using (html.Element("div", ("class", "sheet-part")))
        using (html.Element("div", ("class", "sheet-buttons")))
        {
            if (act.IsOnFlag)
                WriteLink("To the flags", "flags");
            WriteRefrain("To the history");
        }
    }

    private void WriteChoices(IReadOnlyList<ActChoice> choices)
    {
        using (html.Element("div", ("class", "sheet-part")))
        {
            html.Element("h2", null, act.IsOnFlag ? "Which variant should every user get?" : "Which snapshot should be in force?");
            using (html.Element("ul", ("class", "sheet-choices")))
            {
                foreach (var choice in choices)
                {
                    using (html.Element("li"))
                    {
                        using (html.Element("a", ("class", "button"), ("data-sheet", ""), ("href", subject.Page.Link("act", ("do", act.Name), ("version", choice.Version), ("flag", subject.Input.Flag), ("variant", choice.Variant)))))
                            html.Name(choice.Version ?? choice.Variant ?? "");
                        using (html.Element("span", ("class", "sub")))
                            html.Name(choice.Note);
                    }
                }
            }
        }
    }

    private void WriteMessage(string message)
    {
        using (html.Element("div", ("class", "sheet-part sheet-message"), ("role", "alert")))
        {
            html.Icon(Tone.Warn);
            html.Element("p", null, message);
        }
    }

    private void WriteRefrain(string text)
    {
        var (path, key) = subject.Flag is { } flag ? ("flag", flag.Key) : ("history", null);
        using (html.Element("a", ("class", "button"), ("data-sheet-close", ""), ("href", subject.Page.Link(path, ("key", key)))))
            html.Text(text);
    }

    private void WriteLink(string text, string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        using (html.Element("a", ("class", "button"), ("data-sheet", path == "act" ? "" : null), ("href", subject.Page.Link(path, parameters))))
            html.Text(text);
    }

    private void Hidden(string name, string value) => html.Empty("input", ("type", "hidden"), ("name", name), ("value", value));

    private string? Fault(string field) => attempt?.Faults.FirstOrDefault(fault => fault.Field == field)?.Message;

    private void WriteFault(string field, string? fault)
    {
        if (fault is null)
            return;
        using (html.Element("p", ("class", "fault"), ("id", $"act-{field}-fault")))
            html.Text(fault);
    }
}
