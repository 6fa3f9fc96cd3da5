using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Audit;

/// <summary>A choice of acts. An empty part chooses all.</summary>
/// <param name="Who">The author.</param>
/// <param name="Act">The name of the kind of act.</param>
/// <param name="Flag">The flag.</param>
/// <param name="Text">A text in the author, the reason, the flag or the guard.</param>
internal sealed record AuditFilter(string? Who, string? Act, string? Flag, string? Text)
{
    public bool IsEmpty => Who is null && Act is null && Flag is null && Text is null;

    public static AuditFilter Of(ScreenContext page) => new(page.Query("who"), page.Query("act"), page.Query("flag"), page.Query("q"));

    /// <summary>Returns the acts chosen, newest first.</summary>
    public IReadOnlyList<ControlRecord> Choose(IReadOnlyList<ControlRecord> trail) => [.. trail.Where(Holds).OrderByDescending(static record => record.At)];

    /// <summary>Returns the link to a screen with this choice.</summary>
    public string Link(ScreenContext page, string path) => page.Link(path, ("who", Who), ("act", Act), ("flag", Flag), ("q", Text));

    private bool Holds(ControlRecord record) =>
        (Who is null || record.By == Who)
        && (Act is null || record.Kind.ToString() == Act)
        && (Flag is null || record.Flag == Flag)
        && (Text is null || new[] { record.By, record.Reason, record.Flag, record.Guard, record.FromVariant, record.ToVariant }.Any(part => part?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true));
}
