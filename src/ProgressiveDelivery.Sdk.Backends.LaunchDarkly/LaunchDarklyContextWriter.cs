using System.Text.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Writes contexts for events. Private attributes are left out, and their references listed.</summary>
internal sealed class LaunchDarklyContextWriter
{
    private static readonly string[] Reserved = ["kind", "key", "anonymous", "_meta"];

    private readonly string _mainKind;
    private readonly bool _allPrivate;
    private readonly PrivateReference[] _private;

    public LaunchDarklyContextWriter(LaunchDarklyEventOptions options)
    {
        (_mainKind, _allPrivate) = (options.Context.MainKind, options.AllAttributesPrivate);
        _private = [.. options.PrivateAttributes.Select(text => PrivateReference.TryParse(text, out var reference) ? reference : null).OfType<PrivateReference>()];
    }

    /// <summary>Writes a context as the member <c>context</c>.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="context">The context.</param>
    /// <param name="redactsAnonymous">True if every attribute of an anonymous kind is private.</param>
    /// <param name="omitsAnonymous">True to leave out anonymous kinds, of which at least one kind is none.</param>
    public void Write(Utf8JsonWriter json, EvaluationContext context, bool redactsAnonymous, bool omitsAnonymous)
    {
        var kinds = ContextKinds.Of(context, _mainKind);
        if (omitsAnonymous)
            kinds.RemoveAll(kind => ContextKinds.IsAnonymous(kind.Context));
        json.WriteStartObject("context");
        json.WriteString("kind", kinds is [(var only, _)] ? only : "multi");
        if (kinds is [(_, var single)])
        {
            WriteMembers(json, single, redactsAnonymous);
        }
        else
        {
            foreach (var (kind, members) in kinds)
            {
                json.WriteStartObject(kind);
                WriteMembers(json, members, redactsAnonymous);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter json, EvaluationContext kind, bool redactsAnonymous)
    {
        var redacted = new List<string>();
        var isAnonymous = ContextKinds.IsAnonymous(kind);
        json.WriteString("key", EventUnit.KeyOf(kind));
        if (isAnonymous)
            json.WriteBoolean("anonymous", true);
        foreach (var attribute in kind.Attributes)
        {
            var (name, value) = (attribute.Name, attribute.Value);
            if (value.IsNull || Array.IndexOf(Reserved, name) >= 0)
                continue;
            if (_allPrivate || (redactsAnonymous && isAnonymous) || kind.IsPrivate(name))
                redacted.Add(PrivateReference.Of(name));
            else
                WriteMember(json, name, value, Array.FindAll(_private, reference => reference.Path[0] == name), 1, redacted);
        }

        WriteRedacted(json, redacted);
    }

    // The references are those that lead to this member or into it.
    private static void WriteMember(Utf8JsonWriter json, string name, AttributeValue value, PrivateReference[] references, int depth, List<string> redacted)
    {
        if (Array.Find(references, reference => reference.Path.Length == depth) is { } whole)
        {
            redacted.Add(whole.Text);
            return;
        }

        json.WritePropertyName(name);
        if (references.Length == 0 || value.Kind != AttributeKind.Object)
        {
            AttributeJson.Write(json, value, depth);
            return;
        }

        json.WriteStartObject();
        foreach (var member in value.Members)
        {
            var part = member.Name;
            WriteMember(json, part, member.Value, Array.FindAll(references, reference => reference.Path[depth] == part), depth + 1, redacted);
        }

        json.WriteEndObject();
    }

    private static void WriteRedacted(Utf8JsonWriter json, List<string> redacted)
    {
        if (redacted.Count == 0)
            return;
        json.WriteStartObject("_meta");
        json.WriteStartArray("redactedAttributes");
        foreach (var reference in redacted)
            json.WriteStringValue(reference);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
