using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Gives the output cache, where the application has one, a policy for overridden requests.</summary>
internal sealed class OverrideCaching : IConfigureOptions<OutputCacheOptions>
{
    public void Configure(OutputCacheOptions options) => options.AddBasePolicy(new OverrideCachePolicy());
}
