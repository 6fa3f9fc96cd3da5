using System.Text;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Live;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>One mapping of the page: answers requests for its screens. Safe to use from any thread.</summary>
internal sealed class DiagnosticsPage
{
    private readonly Lazy<DiagnosticsSite> _site;
    private readonly Lazy<ActGate> _acts;
    private readonly Lazy<LiveStream> _stream;

    public DiagnosticsPage(IServiceProvider services, FeatureDiagnosticsOptions options, string pattern)
    {
        (Options, Pattern, Gate) = (options, pattern, new(this));
        _site = new(() => new DiagnosticsSite(services, options));
        _acts = new(() => new ActGate(Site));
        _stream = new(() => new LiveStream(Site));
    }

    /// <summary>All screens.</summary>
    public static IReadOnlyList<Screen> Screens { get; } =
        [new OverviewScreen(), new FlagsScreen(), new FlagScreen(), new ExplainScreen(), new HistoryScreen(), new ActScreen(), new ExperimentsScreen(), new EventsScreen(), new AuditScreen()];

    public FeatureDiagnosticsOptions Options { get; }

    /// <summary>The pattern that it is mapped to, for messages.</summary>
    public string Pattern { get; }

    public DiagnosticsSite Site => _site.Value;

    /// <summary>Lets requests in.</summary>
    public ViewGate Gate { get; }

    /// <summary>Judges acts.</summary>
    public ActGate Acts => _acts.Value;

    /// <summary>The stream that pages follow.</summary>
    public LiveStream Stream => _stream.Value;

    /// <summary>The error of a mapping without a policy.</summary>
    public string Unprotected =>
        $"The diagnostics page at '{Pattern}' has no authorization policy, and would show flags, rules and names to everyone. Give it one: " +
        $"app.MapFeatureDiagnostics(\"{Pattern}\", page => page.{nameof(FeatureDiagnosticsOptions.ViewPolicy)} = \"on-call\"), or app.MapFeatureDiagnostics(\"{Pattern}\").RequireAuthorization(\"on-call\"), or a FallbackPolicy. " +
        "AllowAnonymous counts as none.";

    /// <summary>Answers with a screen, drawn whole before it is sent.</summary>
    public async Task AnswerAsync(HttpContext http, Screen screen)
    {
        if (CanonicalPath.Correct(http, screen.Path) is { } location)
        {
            http.Response.StatusCode = StatusCodes.Status302Found;
            http.Response.Headers.Location = location;
            return;
        }

        var page = await ContextOfAsync(http).ConfigureAwait(false);
        using var text = new StringWriter();
        Shell.Write(text, page, screen);
        PageHeaders.Allow(http.Response, page.Nonce);
        http.Response.StatusCode = page.StatusCode;
        http.Response.ContentType = "text/html; charset=utf-8";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.WriteAsync(text.ToString(), Encoding.UTF8, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Returns what a screen is drawn from for a request.</summary>
    public async Task<ScreenContext> ContextOfAsync(HttpContext http)
    {
        var mayAct = await Acts.MayActAsync(http).ConfigureAwait(false);
        return new(http, Site, mayAct, root: "") { Nonce = PageHeaders.NewNonce(), FormToken = Acts.TokenFor(http.User) };
    }
}
