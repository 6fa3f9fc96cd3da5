using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>Judges acts of one mapping: by the policy for acting, and by the token of the form. Each refusal is logged. Safe to use from any thread.</summary>
/// <param name="site">The mapping.</param>
internal sealed class ActGate(DiagnosticsSite site)
{
    /// <summary>The field of a form that holds the token.</summary>
    public const string FormField = "form-token";

    /// <summary>The header of a request that holds the token where there is no form.</summary>
    public const string Header = "Feature-Form-Token";

    private const long MaxBodyLength = 1024 * 1024;

    private static readonly FormOptions Form = new() { ValueCountLimit = 200, KeyLengthLimit = 1024, ValueLengthLimit = 256 * 1024, BufferBodyLengthLimit = 512 * 1024 };

    private readonly FormTokens _tokens = new(site.Clock);

    /// <summary>Returns true if the user meets the policy for acting. Without such a policy no user may act.</summary>
    public async Task<bool> MayActAsync(HttpContext http)
    {
        if (site.Options.ActPolicy is not { } name)
            return false;
        var services = http.RequestServices;
        if (services.GetService<IAuthorizationPolicyProvider>() is not { } provider || await provider.GetPolicyAsync(name).ConfigureAwait(false) is not { } policy)
            return false;
        var viewer = http.User;
        if (policy.AuthenticationSchemes.Count > 0)
            await services.GetRequiredService<IPolicyEvaluator>().AuthenticateAsync(policy, http).ConfigureAwait(false);
        var mayAct = (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(http.User, http, policy).ConfigureAwait(false)).Succeeded;
        if (!mayAct)
            http.User = viewer;
        return mayAct;
    }

    /// <summary>Returns a token for the forms of a user.</summary>
    public string TokenFor(ClaimsPrincipal user) => _tokens.Create(user);

    /// <summary>Judges a request that acts. The policy comes first: the body of a user who may not act is not read.</summary>
    /// <returns>The reason against it; null if it may go on.</returns>
    public Task<ActRefusal?> CheckAsync(HttpContext http) => CheckAsync(http, isAct: true);

    /// <summary>Judges a form that changes the page only, such as its saved contexts: by its token, without the policy for acting.</summary>
    /// <returns>The reason against it; null if it may go on.</returns>
    public Task<ActRefusal?> CheckFormAsync(HttpContext http) => CheckAsync(http, isAct: false);

    private async Task<ActRefusal?> CheckAsync(HttpContext http, bool isAct)
    {
        var refusal = await FindRefusalAsync(http, isAct).ConfigureAwait(false);
        if (refusal is not null)
            site.Logger.ActRefused(site.ClientLabel, ScreenContext.NameOf(http.User) ?? "unknown", SafeText.Escape(SafeText.Cut(http.Request.Path.Value ?? "")), refusal.Message);
        return refusal;
    }

    private async Task<ActRefusal?> FindRefusalAsync(HttpContext http, bool isAct)
    {
        if (!await MayActAsync(http).ConfigureAwait(false) && isAct)
            return new(StatusCodes.Status403Forbidden, "You may look, but not act here. Ask for the policy for acting.");
        // Browsers say where a request comes from; other clients do not have the header.
        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin"))
            return new(StatusCodes.Status403Forbidden, "The request comes from another site. Act on the page itself.");
        var token = http.Request.Headers[Header].ToString() is { Length: > 0 } header ? header : await ReadFormAsync(http).ConfigureAwait(false) is { } form ? form[FormField].ToString() : null;
        return _tokens.IsValid(token, http.User) ? null
            : new(StatusCodes.Status400BadRequest, "The form is older than twelve hours, or of another instance, or of another user. Nothing was done. Load the page again.");
    }

    private static async Task<IFormCollection?> ReadFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength > MaxBodyLength)
            return null;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = MaxBodyLength;
        try
        {
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, Form));
            return await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
