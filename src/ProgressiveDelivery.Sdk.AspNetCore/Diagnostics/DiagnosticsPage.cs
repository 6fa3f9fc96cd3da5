using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics;

/// <summary>Answers requests for screens of one mapping.</summary>
internal sealed class DiagnosticsPage(Lazy<DiagnosticsSite> site)
{
    /// <summary>All screens.</summary>
    public static IReadOnlyList<Screen> Screens { get; } =
        [new OverviewScreen(), new FlagsScreen(), new FlagScreen(), new ExperimentsScreen()];

    /// <summary>Answers with a screen, drawn whole before it is sent.</summary>
    public async Task AnswerAsync(HttpContext http, Screen screen)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        var page = new ScreenContext(http, site.Value, mayAct: false, root: "") { Nonce = nonce };
        using var text = new StringWriter();
        Shell.Write(text, page, screen);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy(nonce);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        http.Response.StatusCode = page.StatusCode;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(text.ToString(), Encoding.UTF8, http.RequestAborted).ConfigureAwait(false);
    }

    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}
