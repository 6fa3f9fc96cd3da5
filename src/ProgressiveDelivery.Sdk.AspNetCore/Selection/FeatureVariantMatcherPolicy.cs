using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace ProgressiveDelivery.Sdk.AspNetCore.Selection;

/// <summary>Keeps of several endpoints of a route those whose variants the request was given. Candidates come before the endpoint without a variant, so that routing prefers them.</summary>
internal sealed class FeatureVariantMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy, IEndpointComparerPolicy
{
    // After all policies of ASP.NET Core: no flag is asked for an endpoint that they reject, and endpoints found at run time are there.
    public override int Order => 1000;

    public IComparer<Endpoint> Comparer { get; } = Comparer<Endpoint>.Create(static (x, y) => CountOf(y).CompareTo(CountOf(x)));

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return ContainsDynamicEndpoints(endpoints) || endpoints.Any(endpoint => CountOf(endpoint) > 0);
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        ArgumentNullException.ThrowIfNull(candidates);
        if (!HasVariants(candidates))
            return Task.CompletedTask;
        if (CorsPreflight.Is(httpContext.Request))
        {
            CorsPreflight.KeepOne(candidates);
            return Task.CompletedTask;
        }

        var authentication = EarlyAuthentication.EnsureAsync(httpContext);
        if (!authentication.IsCompletedSuccessfully)
            return SelectAsync(authentication, httpContext, candidates);
        Select(httpContext, candidates);
        return Task.CompletedTask;
    }

    /// <summary>Returns the number of variants that an endpoint asks for.</summary>
    public static int CountOf(Endpoint endpoint) => endpoint.Metadata.GetOrderedMetadata<FeatureVariantAttribute>().Count;

    private static async Task SelectAsync(ValueTask authentication, HttpContext http, CandidateSet candidates)
    {
        await authentication.ConfigureAwait(false);
        Select(http, candidates);
    }

    // Candidates are in the order of their scores. Those behind one that is kept do not matter, and their flags are not asked.
    private static void Select(HttpContext http, CandidateSet candidates)
    {
        var answers = new VariantAnswers(http);
        int? best = null;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i))
                continue;
            var score = candidates[i].Score;
            var isKept = score <= (best ?? score) && answers.Hold(candidates[i].Endpoint.Metadata.GetOrderedMetadata<FeatureVariantAttribute>());
            candidates.SetValidity(i, isKept);
            if (isKept)
                best = score;
        }
    }

    private static bool HasVariants(CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && CountOf(candidates[i].Endpoint) > 0)
                return true;
        }

        return false;
    }
}
