using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Fuzz.Targets;

namespace ProgressiveDelivery.Sdk.Fuzz.Backends;

/// <summary>A sound document whose values are broken one after the other: nothing throws, and flags that have nothing to do with the value answer as before.</summary>
internal sealed class SweptDocument
{
    private readonly BackendFormat _format;
    private readonly byte[] _document;
    private readonly IReadOnlyList<JsonPart> _parts;
    private readonly Item[] _items;
    private readonly Lazy<Dictionary<string, string>> _answers;

    public SweptDocument(BackendFormat format, byte[] document)
    {
        (_format, _document, _parts) = (format, document, JsonPart.Of(document));
        _items = [.. _parts.Select(ItemOf).OfType<Item>()];
        _answers = new(() => Reading.Of(format.Format, document).Answers());
    }

    /// <summary>The number of ways to break it.</summary>
    public int Count => _parts.Count * Mutation.All.Count;

    /// <summary>Breaks it in one way; false where that way does not apply.</summary>
    /// <param name="index">Which way, below <see cref="Count"/>.</param>
    /// <exception cref="BrokenPromiseException">A promise is broken.</exception>
    public bool TryBreak(int index)
    {
        var (part, mutation) = (_parts[index / Mutation.All.Count], Mutation.All[index % Mutation.All.Count]);
        if (mutation.Apply(_document, part) is not { } broken)
            return false;
        try
        {
            Check(part, mutation, Reading.Of(_format.Format, broken));
        }
        catch (Exception fault)
        {
            throw new BrokenPromiseException($"{_format.Name}: /{string.Join('/', part.Path)} {mutation.Name}: {fault.Message} The document: {Encoding.UTF8.GetString(broken.AsSpan(0, Math.Min(broken.Length, 4_000)))}", fault);
        }

        return true;
    }

    private void Check(JsonPart part, Mutation mutation, Reading reading)
    {
        if (!mutation.IsHarmless && Owner(part) is null)
        {
            // What all flags share is broken.
            if (reading.Snapshot is not null)
                _ = reading.Answers();
            return;
        }

        if (reading.Snapshot is null)
        {
            Promise.Holds(IsOnlyOne || reading.Diagnostics[^1].Id == UndefinedDefaultOfFlagd, $"one broken item does not refuse the document: {reading.Diagnostics[^1]}");
            return;
        }

        var (now, concerned) = (reading.Answers(), mutation.IsHarmless ? [] : Concerned(Owner(part)!));
        foreach (var (flag, answer) in _answers.Value)
        {
            if (!concerned.Contains(flag))
                Promise.Holds(now.GetValueOrDefault(flag) == answer, $"flag '{flag}' answers as before: '{answer}', and not '{now.GetValueOrDefault(flag)}'. {string.Join("; ", reading.Diagnostics)}");
        }
    }

    // flagd itself refuses a whole configuration for it.
    private const string UndefinedDefaultOfFlagd = "PD1104";

    private bool IsOnlyOne => _items.Count(item => item.Place == _format.Places[0]) < 2;

    private Item? Owner(JsonPart part) => Array.Find(_items, item => item.Part.Start <= part.Start && part.End <= item.Part.End);

    // Whatever names it, and whatever names that.
    private HashSet<string> Concerned(Item broken)
    {
        var concerned = new HashSet<string>(StringComparer.Ordinal) { broken.Key, "(redirect)" };
        var more = true;
        while (more)
        {
            more = false;
            foreach (var item in _items)
                more |= (broken.Place.IsShared || concerned.Any(key => item.Text.Contains($"\"{key}\"", StringComparison.Ordinal))) && concerned.Add(item.Key);
        }

        return concerned;
    }

    private Item? ItemOf(JsonPart part)
    {
        if (part.Path.Length == 0 || Array.Find(_format.Places, place => place.Path == string.Join('/', part.Path[..^1])) is not { } place)
            return null;
        using var json = JsonDocument.Parse(_document.AsMemory(part.Start, part.End - part.Start));
        var key = place.NameMember is null ? part.Path[^1] : json.RootElement.TryGetProperty(place.NameMember, out var name) ? name.ToString() : "";
        return new(place, key, part, json.RootElement.GetRawText());
    }

    private sealed record Item(ItemPlace Place, string Key, JsonPart Part, string Text);
}
