using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Something that needs attention.</summary>
/// <param name="Tone">Its look.</param>
/// <param name="Write">Writes what is so.</param>
internal sealed record AttentionItem(Tone Tone, Action<HtmlWriter> Write)
{
    /// <summary>The text by which the script knows it again where what it says changes with time; empty where it does not.</summary>
    public string Key { get; init; } = "";

    /// <summary>The line below; null for none.</summary>
    public Action<HtmlWriter>? Note { get; init; }

    /// <summary>The time since which it holds; null if that is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The remedy: a link and its text; null for none.</summary>
    public (string Link, string Text)? Act { get; init; }
}
