using System.Buffers;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Writes the form of Explain. Saved contexts are chosen by GET, so that an explanation has a link; a typed context is posted. Private values are never written into it.</summary>
internal sealed class ExplainForm(HtmlWriter html, ScreenContext page, ExplainQuestion question, FlagInfo? flag, SavedContext? saved, ContextDraft? draft)
{
    /// <summary>The attributes above which the others are to be pasted as JSON.</summary>
    public const int MaxRows = 50;

    private const string Bullets = "•••••";

    public void Write(string? savingFault)
    {
        using (html.Element("section", ("class", "card explain-form"), ("aria-labelledby", "explain-context")))
        {
            using (html.Element("h2", ("id", "explain-context")))
                html.Text("Context");
            WriteSaved();
            using (html.Element("form", ("method", "post"), ("action", page.Link("explain") + "#answer"), ("autocomplete", "off")))
            {
                html.Empty("input", ("type", "hidden"), ("name", ActGate.FormField), ("value", page.FormToken));
                html.Empty("input", ("type", "hidden"), ("name", "saved"), ("value", saved?.Name ?? ""));
                WriteText("explain-flag", "Flag", "flag", question.Flag, null, list: "explain-flags");
                WriteFlags();
                WriteKey();
                WriteAttributes();
                WriteJson();
                WriteAt();
                WriteButtons(savingFault);
            }

            html.Element("p", "note", "An explanation is not an exposure and is not counted.");
        }
    }

    private void WriteSaved()
    {
        var contexts = page.Site.Contexts.All;
        if (contexts.Count == 0)
            return;
        using (html.Element("form", ("class", "explain-saved"), ("method", "get"), ("action", page.Link("explain") + "#answer")))
        {
            using (html.Element("label", ("for", "explain-saved")))
                html.Text("Saved contexts");
            using (html.Element("div", ("class", "explain-pair")))
            {
                using (html.Element("select", ("class", "field"), ("id", "explain-saved"), ("name", "saved")))
                {
                    Option("", "none", saved is null);
                    foreach (var context in contexts)
                        Option(context.Name, SafeText.Cut(context.Name, 60), context.Name == saved?.Name);
                }

                using (html.Element("button", ("class", "button"), ("type", "submit")))
                    html.Text("Use");
            }

            if (question.Flag.Length is > 0 and <= SafeText.MaxNameLength * 5)
                html.Empty("input", ("type", "hidden"), ("name", "flag"), ("value", question.Flag));
            if (question.At is { Length: > 0 } at)
                html.Empty("input", ("type", "hidden"), ("name", "at"), ("value", at));
        }
    }

    private void WriteFlags()
    {
        using (html.Element("datalist", ("id", "explain-flags")))
        {
            foreach (var known in page.Snapshot.Flags.Take(500))
                html.Empty("option", ("value", known.Key));
        }
    }

    private void WriteKey()
    {
        var isPrivate = saved?.Context.IsPrivate(ContextReference.TargetingKey) == true || page.Options.PrivateAttributes.Contains(ContextReference.TargetingKey);
        var text = question.Key ?? saved?.Context.TargetingKey ?? "";
        WriteText("explain-key", "Targeting key", "key", isPrivate ? "" : text, isPrivate ? saved?.Context.TargetingKey is not null ? Bullets : "private" : null);
    }

    private void WriteAttributes()
    {
        string[] references = [.. flag?.Attributes.Where(reference => reference != ContextReference.TargetingKey).Take(MaxRows) ?? []];
        html.Element("p", "explain-label", "Attributes");
        if (references.Length == 0)
        {
            html.Element("p", "note", flag is null ? "Name a flag, and the attributes that its rules read stand here." : "The rules of this flag read no attribute.");
            return;
        }

        using (html.Element("div", ("class", "explain-attributes")))
        {
            for (var i = 0; i < references.Length; i++)
                WriteAttribute(references[i], i);
        }

        html.Element("p", "note", "Shows the attributes that the rules of this flag read. An empty field is a missing attribute.");
    }

    private void WriteAttribute(string reference, int place)
    {
        var parsed = ContextReference.Parse(reference);
        var (value, isPrivate) = saved is null ? default : ContextLookup.Find(saved.Context, parsed);
        isPrivate |= page.Options.PrivateAttributes.Contains(parsed.Name);
        var typed = question.Attributes.FirstOrDefault(attribute => attribute.Reference == reference);
        var (text, kind) = typed is not null ? (typed.Text, typed.Kind) : Shown(value);
        var fault = draft?.Faults.GetValueOrDefault(reference);
        var id = "explain-attribute-" + place.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using (html.Element("div", ("class", "explain-attribute")))
        {
            html.Empty("input", ("type", "hidden"), ("name", "name"), ("value", reference));
            using (html.Element("label", ("for", id)))
                html.Key(reference);
            html.Empty("input", ("class", "field code"), ("id", id), ("name", "value"), ("type", "text"), ("value", isPrivate ? "" : text), ("placeholder", isPrivate ? value.IsNull ? "private" : Bullets : null),
                ("aria-invalid", fault is null ? null : "true"), ("aria-describedby", fault is null ? null : id + "-fault"));
            using (html.Element("select", ("class", "field"), ("name", "kind"), ("aria-label", "Kind of " + SafeText.Cut(reference))))
            {
                Option("text", isPrivate ? "private" : "text", kind == "text");
                Option("number", "number", kind == "number");
                Option("boolean", "yes/no", kind == "boolean");
                Option("json", "JSON", kind == "json");
            }
        }

        WriteFault(id + "-fault", fault);
    }

    private void WriteJson()
    {
        var fault = draft?.Faults.GetValueOrDefault(ContextDraft.Whole);
        var text = ShownJson();
        using (html.Element("details", ("class", "explain-json"), ("open", text.Length > 0 || fault is not null ? "" : null)))
        {
            html.Element("summary", null, "Paste JSON");
            using (html.Element("label", ("for", "explain-json")))
                html.Text("The whole context as JSON, in place of key and attributes");
            using (html.Element("textarea", ("class", "field code"), ("id", "explain-json"), ("name", "json"), ("rows", "6"), ("spellcheck", "false"),
                ("placeholder", """{"targetingKey": "user-17", "country": "NL", "organization:": {"plan": "pro"}}"""),
                ("aria-invalid", fault is null ? null : "true"), ("aria-describedby", fault is null ? null : "explain-json-fault")))
                html.Text(text);
            WriteFault("explain-json-fault", fault);
        }
    }

    // A private value that was pasted is left out of what is shown again. Too much text is not sent back.
    private string ShownJson()
    {
        var typed = question.Json;
        if (Encoding.UTF8.GetByteCount(typed) > ContextDraft.MaxSize)
            return "";
        if (string.IsNullOrWhiteSpace(typed) || draft?.Context is not { } context || page.Options.PrivateAttributes.Count == 0)
            return typed;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            ContextJson.Write(writer, context);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteAt()
    {
        using (html.Element("label", ("for", "explain-at")))
            html.Text("At");
        using (html.Element("select", ("class", "field"), ("id", "explain-at"), ("name", "at")))
        {
            Option("", $"now · snapshot in force ({ActSubject.Text(page.Snapshot.Version)})", question.At is not { Length: > 0 });
            foreach (var snapshot in page.Control.History)
                Option(ActSubject.Text(snapshot.Version), $"snapshot {ActSubject.Text(snapshot.Version)}, {Times.Text(snapshot.AcceptedAt, page.Now)}", question.At == ActSubject.Text(snapshot.Version));
        }
    }

    private void WriteButtons(string? savingFault)
    {
        using (html.Element("div", ("class", "sheet-buttons")))
        {
            using (html.Element("button", ("class", "button primary"), ("type", "submit")))
                html.Text("Explain");
        }

        using (html.Element("details", ("class", "explain-json"), ("open", savingFault is null ? null : "")))
        {
            html.Element("summary", null, "Save context");
            html.Element("p", "note", "In the memory of this process, for all who see this page.");
            WriteText("explain-as", "Name", "as", question.SaveAs ?? "", null, maxLength: "100");
            WriteFault("explain-as-fault", savingFault);
            using (html.Element("button", ("class", "button"), ("type", "submit"), ("formaction", page.Link("save-context"))))
                html.Text("Save context");
        }
    }

    private void WriteText(string id, string label, string name, string value, string? placeholder, string? list = null, string? maxLength = null)
    {
        using (html.Element("label", ("for", id)))
            html.Text(label);
        html.Empty("input", ("class", "field code"), ("id", id), ("name", name), ("type", "text"), ("value", value), ("placeholder", placeholder), ("list", list), ("maxlength", maxLength), ("spellcheck", "false"), ("autocapitalize", "none"));
    }

    private void Option(string value, string text, bool isSelected)
    {
        using (html.Element("option", ("value", value), ("selected", isSelected ? "" : null)))
            html.Text(text);
    }

    private void WriteFault(string id, string? fault)
    {
        if (fault is null)
            return;
        using (html.Element("p", ("class", "fault"), ("id", id), ("role", "alert")))
            html.Text(fault);
    }

    private static (string Text, string Kind) Shown(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => ("", "text"),
        AttributeKind.String => (value.AsString()!, "text"),
        AttributeKind.Boolean => (value.ToString(), "boolean"),
        AttributeKind.Integer or AttributeKind.Number => (value.ToString(), "number"),
        AttributeKind.Instant => (value.ToString().Trim('"'), "text"),
        _ => (Whole(value), "json"),
    };

    // Without the cut that a value has for people.
    private static string Whole(AttributeValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            ContextJson.Write(writer, new EvaluationContext { ["v"] = value });
        return Encoding.UTF8.GetString(buffer.WrittenSpan)["{\"v\":".Length..^1];
    }
}
