using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Json;

/// <content>Reads one member as what it must be. What is absent gives null; what is wrong gives null and is reported.</content>
internal sealed partial class ReadState
{
    private readonly List<NamedElement> _named = [];

    /// <summary>Takes in the members of an object that the format names.</summary>
    public void Take(JsonElement element, MemberTable table, out Members members)
    {
        members = default;
        members.TakeFrom(element, table, this);
    }

    /// <summary>
    /// The members of an object that somebody else named, each name once: the last value, in the place of the first. The list
    /// is used again by the next call.
    /// </summary>
    public List<NamedElement> NamedMembersOf(JsonElement element) => NamedMembersOf(element, _named);

    public List<NamedElement> NamedMembersOf(JsonElement element, List<NamedElement> named)
    {
        named.Clear();
        Dictionary<string, int>? places = null;
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryReadName(property, out var name))
            {
                ReportName();
                continue;
            }

            var place = PlaceOf(name, named, ref places);
            if (place >= 0)
            {
                ReportDuplicate(name);
                named[place] = new(name, property.Value);
            }
            else
            {
                places?.Add(name, named.Count);
                named.Add(new(name, property.Value));
            }
        }

        return named;
    }

    public string? Text(in Members members, string name)
    {
        var element = members[name];
        if (!JsonText.TryRead(element, out var text) && element.ValueKind != JsonValueKind.Undefined)
            ReportForm(name, "a text", element);
        return text;
    }

    public string RequiredText(in Members members, string name, string wanted)
    {
        RequirePresent(members, name, wanted);
        return Text(members, name) ?? "";
    }

    public bool RequirePresent(in Members members, string name, string wanted)
    {
        if (members.Has(name))
            return true;

        Report(Definitions.Diagnostics.MissingMember(Path, Subject, name, wanted));
        return false;
    }

    public bool? Boolean(in Members members, string name)
    {
        var element = members[name];
        switch (element.ValueKind)
        {
            case JsonValueKind.Undefined: return null;
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            default:
                ReportForm(name, "true or false", element);
                return null;
        }
    }

    public decimal? Number(in Members members, string name)
    {
        var element = members[name];
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (JsonText.TryReadExact(element, out var number))
            return number;

        ReportForm(name, "a number of at most 28 digits", element);
        return null;
    }

    public int? Whole(in Members members, string name)
    {
        var element = members[name];
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (JsonText.TryReadWhole(element, out var whole) && whole is >= int.MinValue and <= int.MaxValue)
            return (int)whole;

        ReportForm(name, "a whole number of 32 bits", element);
        return null;
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string>? Texts(in Members members, string name)
    {
        var element = members[name];
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (element.ValueKind != JsonValueKind.Array)
        {
            ReportForm(name, "a list of texts", element);
            return null;
        }

        var texts = new string[element.GetArrayLength()];
        var count = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (!JsonText.TryRead(item, out var text))
            {
                ReportForm(name, "a list of texts", item);
                return null;
            }

            texts[count++] = text;
        }

        return texts;
    }

    /// <summary>The references of <c>by</c>: one, or a list.</summary>
    public IReadOnlyList<string>? By(in Members members)
    {
        var element = members["by"];
        if (element.ValueKind == JsonValueKind.Array)
            return Texts(members, "by");
        if (JsonText.TryRead(element, out var text))
            return [text];
        if (element.ValueKind != JsonValueKind.Undefined)
            ReportForm("by", "an attribute reference or a list of them", element);
        return null;
    }

    public DateTimeOffset? Instant(in Members members, string name)
    {
        var element = members[name];
        return element.ValueKind == JsonValueKind.Undefined ? null : Instant(element, name);
    }

    /// <summary>An instant that is the member <paramref name="name"/>, or the place itself.</summary>
    public DateTimeOffset? Instant(JsonElement element, string? name = null)
    {
        if (TryReadInstant(element, out var instant))
            return instant;

        Report(Definitions.Diagnostics.InvalidInstant(PathTo(name), Subject, JsonText.Describe(element)));
        return null;
    }

    public static bool TryReadInstant(JsonElement element, out DateTimeOffset instant)
    {
        var read = JsonText.TryRead(element, out var text) & Rfc3339.TryParse(text, out var ticks);
        instant = read ? new(ticks, TimeSpan.Zero) : default;
        return read;
    }

    private void ReportName() => Report(Subject == default
        ? Definitions.Diagnostics.UnreadableMember(Path, DiagnosticSeverity.Warning, "A name", "is no Unicode text, so nobody can ask for it; it is left out", "Write another name.")
        : Definitions.Diagnostics.WrongForm(Path, Subject, "a name", "a Unicode text", "half of a surrogate pair"));

    private static int PlaceOf(string name, List<NamedElement> named, ref Dictionary<string, int>? places)
    {
        const int scanLimit = 8;
        if (places is null && named.Count < scanLimit)
            return Scan(name, named);

        if (places is null)
        {
            places = new(StringComparer.Ordinal);
            for (var i = 0; i < named.Count; i++)
                places.Add(named[i].Name, i);
        }

        return places.TryGetValue(name, out var place) ? place : -1;
    }

    private static int Scan(string name, List<NamedElement> named)
    {
        for (var i = 0; i < named.Count; i++)
        {
            if (string.Equals(named[i].Name, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
