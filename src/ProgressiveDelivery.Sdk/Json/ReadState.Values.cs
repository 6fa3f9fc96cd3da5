using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <content>
/// Reads the current value, a member of the current place, as the required type. <c>null</c> counts as absent and gives null. A faulty
/// value gives null and is reported. In both cases the whole value has been read.
/// </content>
internal sealed partial class ReadState
{
    private readonly ListBuilder<string> _texts = new();
    private readonly NameIndex _names = new();

    public bool TryRead(ref Utf8JsonReader json, [NotNullWhen(true)] out string? text) => JsonText.TryRead(ref json, Pool, out text);

    public string? Text(ref Utf8JsonReader json, string name)
    {
        if (!TryRead(ref json, out var text) && json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, "a text");
        return text;
    }

    public bool? Boolean(ref Utf8JsonReader json, string name)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            default:
                ReportForm(ref json, name, "true or false");
                return null;
        }
    }

    public decimal? Number(ref Utf8JsonReader json, string name)
    {
        if (JsonText.TryReadExact(ref json, out var number))
            return number;
        if (json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, "a number of at most 28 digits");
        return null;
    }

    public int? Whole(ref Utf8JsonReader json, string name)
    {
        if (JsonText.TryReadWhole(ref json, out var whole) && whole is >= int.MinValue and <= int.MaxValue)
            return (int)whole;
        if (json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, "a whole number of 32 bits");
        return null;
    }

    public long? Long(ref Utf8JsonReader json, string name)
    {
        if (JsonText.TryReadWhole(ref json, out var whole))
            return whole;
        if (json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, "a whole number of 64 bits");
        return null;
    }

    public double? Double(ref Utf8JsonReader json, string name)
    {
        if (JsonText.TryReadDouble(ref json, out var number))
            return number;
        if (json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, "a number of 64 bits");
        return null;
    }

    public TimeSpan? Duration(ref Utf8JsonReader json, string name)
    {
        if (JsonText.TryRead(ref json, pool: null, out var text) && DurationJson.TryParse(text, out var duration))
            return duration;
        if (json.TokenType != JsonTokenType.Null)
            Report(DiagnosticCatalog.InvalidDuration(PathTo(name), Subject, name, JsonText.Describe(ref json)));
        json.Skip();
        return null;
    }

    /// <summary>Reads one of some words; the place of the word in the list.</summary>
    public int? Word(ref Utf8JsonReader json, string name, string[] words)
    {
        if (TryRead(ref json, out var word) && Array.IndexOf(words, word) is var place and >= 0)
            return place;
        if (json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, $"'{string.Join("' or '", words)}'");
        return null;
    }

    public DateTimeOffset? Instant(ref Utf8JsonReader json, string? name = null)
    {
        if (TryReadInstant(ref json, out var instant))
            return instant;
        if (json.TokenType != JsonTokenType.Null)
            Report(DiagnosticCatalog.InvalidInstant(PathTo(name), Subject, JsonText.Describe(ref json)));

        json.Skip();
        return null;
    }

    public static bool TryReadInstant(ref Utf8JsonReader json, out DateTimeOffset instant)
    {
        var read = JsonText.TryRead(ref json, pool: null, out var text) & Rfc3339.TryParse(text, out var ticks);
        instant = read ? new(ticks, TimeSpan.Zero) : default;
        return read;
    }

    /// <summary>Reads a list of at most <paramref name="most"/> texts.</summary>
    public string[]? Texts(ref Utf8JsonReader json, string name, int most = int.MaxValue)
    {
        if (!TryEnterList(ref json, name, "a list of texts"))
            return null;

        var mark = _texts.Mark;
        var faultless = true;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            faultless = faultless ? TryAddText(ref json, name, mark, most) : TrySkip(ref json);
        var texts = _texts.Take(mark);
        return faultless ? texts : null;
    }

    /// <summary>Reads the references of <c>by</c>: one, or a list.</summary>
    public string[]? By(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.Null)
            return Texts(ref json, "by");
        if (TryRead(ref json, out var text))
            return [text];

        ReportForm(ref json, "by", "an attribute reference or a list of them");
        return null;
    }

    /// <summary>Enters the value if it is an object; otherwise skips it, and reports it unless it is null.</summary>
    public bool TryEnterObject(ref Utf8JsonReader json, string name, string wanted)
    {
        if (json.TokenType == JsonTokenType.StartObject)
            return true;
        if (json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, wanted);
        return false;
    }

    /// <summary>Enters the value if it is a list; otherwise skips it, and reports it unless it is null.</summary>
    public bool TryEnterList(ref Utf8JsonReader json, string name, string wanted)
    {
        if (json.TokenType == JsonTokenType.StartArray)
            return true;
        if (json.TokenType != JsonTokenType.Null)
            ReportForm(ref json, name, wanted);
        return false;
    }

    public bool RequirePresent(in MemberCursor members, string name, string wanted)
    {
        if (members.Has(name))
            return true;

        if (!members.IsMisspelt(name))
            Report(DiagnosticCatalog.MissingMember(Path, Subject, name, wanted));
        return false;
    }

    /// <summary>Starts the index of an object's names, for an object whose names are data.</summary>
    public NameIndex BeginNames()
    {
        _names.Clear();
        return _names;
    }

    /// <summary>
    /// Moves to the value of the next member of an object whose names are data; null at the object's end. The name's place is that of its first
    /// occurrence; negative for the first.
    /// </summary>
    public string? MoveNext(ref Utf8JsonReader json, NameIndex names, out int place)
    {
        place = -1;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var named = TryReadName(ref json, names, out var name, out place);
            json.Read();
            if (named)
                return name;
            json.Skip();
        }

        return null;
    }

    /// <summary>Reads the current name, which is data; false if it is not valid Unicode, which is then reported.</summary>
    public bool TryReadName(ref Utf8JsonReader json, NameIndex names, [NotNullWhen(true)] out string? name, out int place)
    {
        place = -1;
        if (!TryRead(ref json, out name))
        {
            ReportName();
            return false;
        }

        place = names.Enter(name);
        if (place >= 0)
            ReportDuplicate(name);
        return true;
    }

    /// <summary>Returns the JSON text of the current value.</summary>
    public string RawText(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return Encoding.UTF8.GetString(document.Span[start..(int)json.BytesConsumed]);
    }

    private bool TryAddText(ref Utf8JsonReader json, string name, int mark, int most)
    {
        if (_texts.Mark - mark == most)
        {
            Report(DiagnosticCatalog.FlagLimitExceeded(PathTo(name), Subject, "more members than are allowed", Limits.MaxSegmentMembers, nameof(SnapshotLimits.MaxSegmentMembers)));
            return false;
        }

        if (!TryRead(ref json, out var text))
        {
            ReportForm(ref json, name, "a list of texts");
            return false;
        }

        _texts.Add(text);
        return true;
    }

    private static bool TrySkip(ref Utf8JsonReader json)
    {
        json.Skip();
        return false;
    }

    private void ReportName() => Report(Subject == default
        ? DiagnosticCatalog.UnreadableMember(Path, DiagnosticSeverity.Warning, "A name", "is no Unicode text, so it cannot be evaluated; it is left out", "Write another name.")
        : DiagnosticCatalog.WrongForm(Path, Subject, "a name", "a Unicode text", "half of a surrogate pair"));
}
