using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>Microsoft.FeatureManagement as its documentation sets it up, over the same snapshot, in memory.</summary>
internal static class PeerClient
{
    public static IVariantFeatureManager Create(int count = FlagKeys.Count)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(PeerFlags.Document(count)).Build());
        services.AddFeatureManagement().AddFeatureFilter<CountryFilter>();
        return services.BuildServiceProvider().GetRequiredService<IVariantFeatureManager>();
    }

    /// <summary>Its answers are there at once, though its methods are asynchronous: waiting is no part of what is measured.</summary>
    public static T Answer<T>(ValueTask<T> answer) =>
        answer.IsCompletedSuccessfully ? answer.Result : throw new InvalidOperationException("The peer did not answer at once.");
}
