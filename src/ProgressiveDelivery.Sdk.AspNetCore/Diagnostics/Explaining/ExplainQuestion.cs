using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>
/// The question to Explain. In a link stand names only: a flag, a saved context, a version. A context that was typed comes in the body of a POST, since its values must not get into addresses and logs.
/// </summary>
internal sealed record ExplainQuestion
{
    public string Flag { get; init; } = "";

    /// <summary>The name of the saved context to begin with; null for none.</summary>
    public string? Saved { get; init; }

    /// <summary>The version to ask; null or empty for the rules in force.</summary>
    public string? At { get; init; }

    /// <summary>The targeting key that was typed; null if no form was sent.</summary>
    public string? Key { get; init; }

    /// <summary>The attributes that were typed.</summary>
    public IReadOnlyList<TypedAttribute> Attributes { get; init; } = [];

    /// <summary>The context that was pasted as JSON; empty for none.</summary>
    public string Json { get; init; } = "";

    /// <summary>The name to save the context under; null if it is not to be saved.</summary>
    public string? SaveAs { get; init; }

    /// <summary>The length of the body if that was too long to read; null if it was read.</summary>
    public long? BodyTooLong { get; init; }

    /// <summary>Indicates whether a context was given, and an answer is wanted.</summary>
    public bool IsAsked => Key is not null || Saved is not null || BodyTooLong is not null;

    public static ExplainQuestion FromQuery(ScreenContext page) => new() { Flag = page.Query("flag") ?? "", Saved = page.Query("saved"), At = page.Query("at") };

    public static ExplainQuestion FromForm(IFormCollection form)
    {
        var (names, values, kinds) = (form["name"], form["value"], form["kind"]);
        return new()
        {
            Flag = form["flag"].FirstOrDefault() ?? "",
            Saved = form["saved"].FirstOrDefault() is { Length: > 0 } saved ? saved : null,
            At = form["at"].FirstOrDefault(),
            Key = form["key"].FirstOrDefault() ?? "",
            Json = form["json"].FirstOrDefault() ?? "",
            SaveAs = form["as"].FirstOrDefault(),
            Attributes = [.. Enumerable.Range(0, Math.Min(names.Count, Math.Min(values.Count, kinds.Count))).Select(place => new TypedAttribute(names[place] ?? "", values[place] ?? "", kinds[place] ?? ""))],
        };
    }
}

/// <summary>An attribute as it was typed.</summary>
/// <param name="Reference">The reference that the rules read.</param>
/// <param name="Text">The text.</param>
/// <param name="Kind">What the text stands for: <c>text</c>, <c>number</c>, <c>boolean</c> or <c>json</c>.</param>
internal sealed record TypedAttribute(string Reference, string Text, string Kind);
