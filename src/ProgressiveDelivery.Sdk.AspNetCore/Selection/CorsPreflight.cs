using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace ProgressiveDelivery.Sdk.AspNetCore.Selection;

/// <summary>Selects for a preflight of CORS, which carries no user: no flag is asked for it.</summary>
internal static class CorsPreflight
{
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>Keeps of the best route the endpoint without a variant, or else the first candidate.</summary>
    public static void KeepOne(CandidateSet candidates)
    {
        var kept = -1;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i))
                continue;
            if (kept < 0)
            {
                kept = i;
            }
            else if (IsSameRoute(candidates[kept].Endpoint, candidates[i].Endpoint))
            {
                var isFallback = FeatureVariantMatcherPolicy.CountOf(candidates[i].Endpoint) == 0;
                candidates.SetValidity(isFallback ? kept : i, value: false);
                kept = isFallback ? i : kept;
            }
        }
    }

    private static bool IsSameRoute(Endpoint one, Endpoint other) =>
        one is RouteEndpoint first && other is RouteEndpoint second && first.Order == second.Order && first.RoutePattern.InboundPrecedence == second.RoutePattern.InboundPrecedence;
}
