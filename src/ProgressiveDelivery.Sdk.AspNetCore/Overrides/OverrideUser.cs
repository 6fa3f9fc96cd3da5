using System.Security.Claims;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The user of a request.</summary>
/// <param name="Key">The key, which a cookie is bound to; empty for an anonymous user.</param>
/// <param name="Name">The name for the log and the audit trail.</param>
internal sealed record OverrideUser(string Key, string Name)
{
    private const int MaxName = 128;

    public static OverrideUser Of(ClaimsPrincipal user)
    {
        var key = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub") ?? user.Identity?.Name ?? "";
        var name = user.Identity?.Name is { Length: > 0 } named ? named : key;
        return new(key, string.IsNullOrWhiteSpace(name) ? "anonymous" : OneLine(name));
    }

    // It goes into logs, some of which are files of lines.
    private static string OneLine(string name) =>
        string.Create(Math.Min(name.Length, MaxName), name, static (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
}
