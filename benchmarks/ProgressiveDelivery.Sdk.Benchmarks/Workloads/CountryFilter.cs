using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>
/// FeatureManagement has no rule on an attribute: its users write a filter. This one is as quick as they come: its parameters are
/// bound once, and its list is a set.
/// </summary>
[FilterAlias("Country")]
internal sealed class CountryFilter : IContextualFeatureFilter<PeerCaller>, IFilterParametersBinder
{
    public object BindParameters(IConfiguration parameters) =>
        parameters.GetSection("In").GetChildren().Select(item => item.Value!).ToHashSet(StringComparer.Ordinal);

    public Task<bool> EvaluateAsync(FeatureFilterEvaluationContext featureFilterContext, PeerCaller appContext) =>
        Task.FromResult(((HashSet<string>)featureFilterContext.Settings).Contains(appContext.Country));
}
