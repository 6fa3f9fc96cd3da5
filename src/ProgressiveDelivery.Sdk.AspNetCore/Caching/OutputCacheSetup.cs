using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Caching;

/// <summary>Adds the policy to all endpoints of an application that uses the output cache.</summary>
/// <param name="policy">The policy.</param>
internal sealed class OutputCacheSetup(FeatureOutputCachePolicy policy) : IConfigureOptions<OutputCacheOptions>
{
    public void Configure(OutputCacheOptions options) => options.AddBasePolicy(policy);
}
