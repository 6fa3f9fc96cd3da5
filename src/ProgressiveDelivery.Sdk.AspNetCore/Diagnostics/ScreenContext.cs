using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;
using ProgressiveDelivery.Sdk.AspNetCore.Requests;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>The data that a screen is drawn from: one client at one moment, for one request. A client's parts are read once, so a screen does not contradict itself.</summary>
internal sealed class ScreenContext
{
    private readonly Lazy<FeatureClientStatus> _status;
    private readonly Lazy<IFeatureSnapshot> _snapshot;

    public ScreenContext(HttpContext http, DiagnosticsSite site, bool mayAct, string root)
    {
        (Http, Site, MayAct, Root, Now) = (http, site, mayAct, root, site.Clock.GetUtcNow());
        _status = new(() => site.Client.Status);
        _snapshot = new(site.Client.GetSnapshot);
    }

    public HttpContext Http { get; }

    /// <summary>The client and the options of this mapping.</summary>
    public DiagnosticsSite Site { get; }

    public FeatureDiagnosticsOptions Options => Site.Options;

    /// <summary>The rules in force.</summary>
    public IFeatureSnapshot Snapshot => _snapshot.Value;

    public FeatureClientStatus Status => _status.Value;

    public ISnapshotControl Control => Site.Control;

    public IFeatureDiagnostics Diagnostics => Site.Diagnostics;

    public DateTimeOffset Now { get; }

    /// <summary>True if the user may act: only then are buttons drawn.</summary>
    public bool MayAct { get; }

    /// <summary>The name of the user, for the header and the audit trail.</summary>
    public string User => NameOf(Http.User) ?? (IsOpenToThisMachine ? "this machine" : "unknown");

    /// <summary>True if no policy protects the page, in Development: it then answers this machine only.</summary>
    public bool IsOpenToThisMachine => Http.Items.ContainsKey(typeof(LocalConnection));

    /// <summary>The relative path from this screen to the first: <c>""</c> or <c>../</c>.</summary>
    public string Root { get; }

    /// <summary>The status of the answer; a screen sets 404 for what it does not find.</summary>
    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    /// <summary>The nonce of this answer's style and script.</summary>
    public required string Nonce { get; init; }

    /// <summary>The token against forgery, for the field <see cref="ActGate.FormField"/> of each form that posts.</summary>
    public required string FormToken { get; init; }

    /// <summary>Returns the name of a user; null if the user has none.</summary>
    public static string? NameOf(ClaimsPrincipal user) => user.Identity?.Name ?? user.FindFirstValue(ClaimTypes.Email) ?? user.FindFirstValue("email") ?? user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub");

    /// <summary>Reads one parameter of the query, cut at 64 kB.</summary>
    public string? Query(string name) => Http.Request.Query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>Returns the relative link to a screen.</summary>
    /// <param name="path">Its path, such as <c>flags</c>; empty for the overview.</param>
    /// <param name="parameters">Parameters of the query.</param>
    public string Link(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var link = Root + path is { Length: > 0 } some ? some : "./";
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            link += separator + name + '=' + Uri.EscapeDataString(value);
            separator = '&';
        }

        return link;
    }
}
