using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Gates;

/// <summary>Finds gates that come before authentication, and would therefore judge every user as an anonymous one.</summary>
internal sealed class AuthenticationOrder(ILogger<AuthenticationOrder> logger)
{
    // Set by UseAuthentication. WebApplication sets it too, when it puts the middleware in front because the application did not call it.
    private const string IsSetKey = "__AuthenticationMiddlewareSet";

    private readonly List<(FeatureGate Gate, IDictionary<string, object?> Properties)> _early = [];
    private int _isLogged;

    public ILogger Logger => logger;

    /// <summary>Notes a branch by a flag, which is judged when the pipeline is complete.</summary>
    public void Note(FeatureGate gate, IApplicationBuilder app)
    {
        if (!app.Properties.ContainsKey(IsSetKey))
            _early.Add((gate, app.Properties));
    }

    /// <summary>Rejects branches that authentication follows.</summary>
    /// <exception cref="InvalidOperationException">Authentication follows a branch.</exception>
    public void Check()
    {
        var late = _early.FindAll(early => early.Properties.ContainsKey(IsSetKey));
        _early.Clear();
        if (late.Count == 0)
            return;
        var names = string.Join(", ", late.Select(one => $"'{one.Gate.Flag}'").Distinct(StringComparer.Ordinal));
        throw new InvalidOperationException(
            $"{nameof(FeatureGateApplicationBuilderExtensions.UseWhenFeature)} of flag {names} comes before {nameof(AuthAppBuilderExtensions.UseAuthentication)}, and would judge every user as an anonymous one. " +
            $"Call {nameof(AuthAppBuilderExtensions.UseAuthentication)} first.");
    }

    /// <summary>Logs once if the request reached a gate without the middleware for authentication, in an application that has schemes for it.</summary>
    public static async Task LogIfMissedAsync(HttpContext http, FeatureGate gate)
    {
        if (http.Features.Get<IAuthenticationFeature>() is not null
            || http.RequestServices.GetService<IAuthenticationSchemeProvider>() is not { } schemes
            || http.RequestServices.GetService<AuthenticationOrder>() is not { } order
            || !(await schemes.GetAllSchemesAsync().ConfigureAwait(false)).Any())
        {
            return;
        }

        if (Interlocked.Exchange(ref order._isLogged, 1) == 0)
            order.Logger.GateBeforeAuthentication(gate.Flag, http.GetEndpoint()?.DisplayName ?? http.Request.Path);
    }
}
