using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>Tells the variant of flag <c>f</c> for each of a thousand units.</summary>
public static class AssignCommand
{
    public static async Task RunAsync(string snapshot)
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.FromDocument(snapshot))
            .BuildServiceProvider();
        var features = provider.GetRequiredService<IFeatureClient>();
        await features.WaitUntilReadyAsync();
        foreach (var variant in Variants(features))
            Console.WriteLine(variant);
    }

    /// <summary>The variants, in the order of the units.</summary>
    public static IEnumerable<string> Variants(IFeatureEvaluator features) => Enumerable.Range(0, 1000).Select(i =>
        features.EvaluateString("f", new EvaluationContext(string.Create(CultureInfo.InvariantCulture, $"unit-{i}")), "none").Variant ?? "none");
}
