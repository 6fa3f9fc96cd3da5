using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>The input of a request about an act: the query of its sheet, or the form of the sheet. All of it is text of unknown origin.</summary>
internal sealed record ActInput
{
    /// <summary>The length above which a reason is rejected.</summary>
    public const int MaxReasonLength = 1_000;

    /// <summary>The name of the act, such as <c>hold</c>; empty if there is none.</summary>
    public string Do { get; init; } = "";

    /// <summary>The version that the act is about, as text.</summary>
    public string? Version { get; init; }

    /// <summary>The key of the flag that the act is about.</summary>
    public string? Flag { get; init; }

    /// <summary>The variant to serve.</summary>
    public string? Variant { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>The name of the duration chosen, see <see cref="UntilChoice"/>; null if the form was not sent.</summary>
    public string? Until { get; init; }

    /// <summary>Indicates whether the act is to survive a restart; null if the form was not sent.</summary>
    public bool? Survives { get; init; }

    /// <summary>The revision of the state that the sheet showed.</summary>
    public string? Revision { get; init; }

    /// <summary>The newest version that the sheet knew.</summary>
    public string? Newest { get; init; }

    public static ActInput FromQuery(IQueryCollection query) => new()
    {
        Do = query["do"].ToString(),
        Version = NonEmpty(query["version"]),
        Flag = NonEmpty(query["flag"]),
        Variant = NonEmpty(query["variant"]),
    };

    /// <summary>Adds the form of the sheet. What the act is about stands in the address, so that a refusal can name it without reading the form.</summary>
    public ActInput With(IFormCollection form) => this with
    {
        Reason = form["reason"].FirstOrDefault() ?? "",
        Until = form["until"].FirstOrDefault(),
        Survives = form.ContainsKey("survives"),
        Revision = NonEmpty(form["revision"]),
        Newest = NonEmpty(form["newest"]),
    };

    /// <summary>Reads a whole number; null if the text is none.</summary>
    public static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? NonEmpty(Microsoft.Extensions.Primitives.StringValues values) => values.FirstOrDefault() is { Length: > 0 } value ? value : null;
}
